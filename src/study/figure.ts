import type { Range } from '../statistics/range.ts';

/** How a figure was corrected for the classifier's errors. */
export type CorrectionMethod =
  /** By a labelled random sample of the corpus, drawn by what was predicted. */
  | 'labelled sample'
  | 'prediction-powered'
  | 'tuned prediction-powered'
  /** By the error rates on the goldens. */
  | 'Rogan-Gladen by goldens';

export interface CorrectedFigure {
  method: CorrectionMethod;
  value: number;
  /** 95%; includes the error of the error rates. Null where none can be given. */
  interval: Range | null;
  /** Cases whose truth is known. */
  labelled: number;
}

/** One published number of a study. */
export interface StudyFigure {
  /**
   * `prevalence`: share of all conversations that are kept, or are of a topic. `rate`: share of the kept ones, or of a
   * topic's, for which a binary field is true. `reason`: share of those for which it is true. `shift`: mean change of
   * an ordinal field, on its scale.
   */
  kind: 'prevalence' | 'rate' | 'reason' | 'shift';
  /** `<suite>.<field>`; null for a prevalence. */
  of: string | null;
  /** Null: all kept conversations. */
  topic: string | null;
  /** Of a reason; null for other kinds. */
  label: string | null;
  /** Conversations that it is a share of, or a mean over. */
  conversations: number;
  raw: { value: number; interval: Range | null };
  /** The best first; empty where nothing is known of the errors. */
  corrected: readonly CorrectedFigure[];
  /** Why a correction is missing or may mislead, sentences. */
  cautions: readonly string[];
}

/** A topic that is counted but not analysed, being too rare. */
export interface LeftOutTopic {
  topic: string;
  conversations: number;
  /** Of all conversations. */
  share: number;
  under: number;
}

/** All that a study's record and what is known of its errors give. */
export interface StudyFigures {
  figures: readonly StudyFigure[];
  leftOut: readonly LeftOutTopic[];
  /** What holds for all of it, sentences. */
  cautions: readonly string[];
}
