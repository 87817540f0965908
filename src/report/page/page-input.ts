import type { Goldens } from '../../goldens/load.ts';
import type { Assessment } from '../../judge/assess.ts';

/** The headline metric of one run, accepted or not. */
export interface HistoryPoint {
  suite: string;
  model: string;
  /** ISO 8601, UTC. */
  at: string;
  /** Null outside git. */
  commit: string | null;
  /** SHA-256 of the prompt, hexadecimal. */
  prompt: string;
  /** Whether the prompt is another than at the point before. */
  promptChanged: boolean;
  kind: 'accepted' | 'run';
  /** `<field>.<metric>`. */
  metric: string;
  value: number | null;
  /** 95% interval; null where there is none. */
  low: number | null;
  high: number | null;
}

/** One suite with one model. The same suite may come again with another model. */
export interface PageSuite {
  assessment: Assessment;
  /**
   * Conversations, votes and notes. Null leaves all text out of the page: the model's too, since an answer may
   * quote what it read.
   */
  goldens: Pick<Goldens, 'conversations' | 'labels'> | null;
  /** What the change does to its own goalposts, a plain line each. */
  goalposts: string[];
  /** What size of loss the gate can see; null where nothing is compared. */
  powerLine: string | null;
}

/** All that the page is made of. */
export interface PageInput {
  title: string;
  suites: PageSuite[];
  history: HistoryPoint[];
  /** ISO 8601, UTC; the page reads no clock. */
  generatedAt: string;
}
