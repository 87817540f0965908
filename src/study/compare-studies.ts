import { InputError } from '../errors/errors.ts';
import { canonicalJson } from '../plan/fingerprint.ts';
import type { StudyRecord } from '../schema/study-record.ts';
import { type PairedMeans, pairedMeanDifference } from '../statistics/paired-mean-difference.ts';
import { type PairedCounts, pairedPrevalence } from '../statistics/paired-prevalence.ts';
import type { Range } from '../statistics/range.ts';
import { shiftBootstrap } from '../statistics/shift-bootstrap.ts';
import { wilsonInterval } from '../statistics/wilson.ts';
import type { StudyFigure } from './figure.ts';
import { leftOutTopics } from './figures/figures-of.ts';
import type { ResultsComparison } from './results/compare-results.ts';
import type { Figure, MovedConversation } from './results/moved-conversations.ts';

/** A figure of one of two studies, over the conversations that both have. */
interface ComparedSide {
  value: number;
  /** 95%; null where none can be given. */
  interval: Range | null;
  /** That it is a share of, or a mean over. */
  conversations: number;
}

/** A figure under two prompts or models, on the same conversations. Not corrected: see `StudyComparison`. */
export interface ComparedFigure extends Pick<StudyFigure, 'of' | 'topic'> {
  kind: Exclude<StudyFigure['kind'], 'reason'>;
  baseline: ComparedSide;
  candidate: ComparedSide;
  /** Candidate minus baseline. */
  difference: number;
  /** 95%, paired; null where no conversation tells the two apart. */
  interval: Range | null;
}

/** The conversations that one figure's change comes from. */
export interface Movement extends Pick<StudyFigure, 'kind' | 'of' | 'topic'> {
  moved: number;
  /** The first of them by id. */
  conversations: readonly MovedConversation[];
}

/**
 * What another prompt or model does to a study's figures. What is true of the conversations is the same for both, so
 * each difference is one of the errors, and no change in the world.
 */
export interface StudyComparison {
  overlap: ResultsComparison['overlap'];
  funnel: ResultsComparison['funnel'];
  /** A figure that one of the two does not have is not there. */
  figures: readonly ComparedFigure[];
  moved: readonly Movement[];
  /** Topics that are too rare for analysis by topic in one of the two. */
  leftOut: readonly string[];
  /** What differs between the two besides their answers, and how to read the figures; sentences. */
  notes: readonly string[];
}

/** @throws InputError where the two are not of one study: their definitions differ, or their models' questions do */
export function refuseOtherStudy(
  baseline: { record: StudyRecord; shown: string },
  candidate: { record: StudyRecord; shown: string },
): void {
  const [a, b] = [baseline.record.study, candidate.record.study];
  if (canonicalJson(a) === canonicalJson(b)) return;
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const parts = names.filter(
    (name) => canonicalJson(Reflect.get(a, name) ?? null) !== canonicalJson(Reflect.get(b, name) ?? null),
  );
  const what = `is of another study than ${baseline.shown}: they differ in ${parts.join(', ')}`;
  const mend = 'Run both with one definition; only prompts and model may differ';
  throw new InputError([{ file: candidate.shown, line: null, id: null, what, mend }]);
}

/** Every figure under both, and which conversations moved it. Pure and seeded. */
export function compareStudies(
  baseline: StudyRecord,
  candidate: StudyRecord,
  results: ResultsComparison,
): StudyComparison {
  const rare = [baseline, candidate].flatMap((record) => leftOutTopics(record).map(({ topic }) => topic));
  const isAnalysed = ({ topic }: { topic: string | null }) => topic === null || !rare.includes(topic);
  const prevalences = [{ topic: null, counts: results.kept }, ...results.topics];
  return {
    overlap: results.overlap,
    funnel: results.funnel,
    figures: [
      ...prevalences.flatMap(({ topic, counts }) => comparedPrevalence(topic, counts)),
      ...Object.entries(results.rates).flatMap(([name, groups]) =>
        groups.filter(isAnalysed).flatMap(({ topic, cells }) => comparedMeans('rate', name, topic, cells)),
      ),
      ...Object.entries(results.shifts).flatMap(([name, groups]) =>
        groups.filter(isAnalysed).flatMap(({ topic, shifts }) => comparedMeans('shift', name, topic, shifts)),
      ),
    ],
    moved: results.moved.map(({ figure, ...movement }) => ({ ...subjectOf(figure), ...movement })),
    leftOut: [...new Set(rare)],
    notes: notesOn(baseline, candidate, results),
  };
}

function comparedPrevalence(topic: string | null, counts: PairedCounts): ComparedFigure[] {
  const found = pairedPrevalence(counts);
  if (found === null) return [];
  const { both, baselineOnly, candidateOnly, neither } = counts;
  const n = both + baselineOnly + candidateOnly + neither;
  const side = (value: number, positive: number) => {
    return { value, interval: wilsonInterval(positive, n), conversations: n };
  };
  return [
    {
      ...{ kind: 'prevalence', of: null, topic },
      baseline: side(found.baseline, both + baselineOnly),
      candidate: side(found.candidate, both + candidateOnly),
      ...{ difference: found.difference, interval: found.interval },
    },
  ];
}

type Cells = Parameters<typeof pairedMeanDifference>[0];

function comparedMeans(
  kind: 'rate' | 'shift',
  of: string,
  topic: string | null,
  cells: Cells,
): ComparedFigure[] {
  const found = pairedMeanDifference(cells, { seed: 1 });
  if (found === null) return [];
  const side = (name: 'baseline' | 'candidate'): ComparedSide => {
    const { mean, conversations }: PairedMeans['baseline'] = found[name];
    const interval =
      kind === 'rate' ? wilsonInterval(mean * conversations, conversations) : meanInterval(cells, name);
    return { value: mean, interval, conversations };
  };
  return [
    {
      ...{ kind, of, topic, baseline: side('baseline'), candidate: side('candidate') },
      ...{ difference: found.difference, interval: found.interval },
    },
  ];
}

function meanInterval(cells: Cells, name: 'baseline' | 'candidate'): Range | null {
  const counts = cells.flatMap(({ conversations, ...values }) => {
    const closing = values[name];
    return closing === null ? [] : [{ opening: 0, closing, conversations }];
  });
  return shiftBootstrap(counts, { seed: 1 })?.interval ?? null;
}

function subjectOf(figure: Figure): Pick<Movement, 'kind' | 'of' | 'topic'> {
  switch (figure.kind) {
    case 'kept':
      return { kind: 'prevalence', of: null, topic: null };
    case 'topic':
      return { kind: 'prevalence', of: null, topic: figure.topic };
    default:
      return { kind: figure.kind, of: figure.name, topic: null };
  }
}

function notesOn(a: StudyRecord, b: StudyRecord, { overlap, funnel }: ResultsComparison): string[] {
  const notes = [
    'What is true of the conversations is the same for both, so each difference is one of the errors, and no change in the world.',
  ];
  const prompts = Object.keys(b.prompts).filter(
    (suite) => a.prompts[suite]?.sha256 !== b.prompts[suite]?.sha256,
  );
  if (a.model !== b.model) notes.push(`The models differ: ${a.model}, then ${b.model}.`);
  if (prompts.length > 0) notes.push(`The prompts of ${prompts.join(', ')} differ.`);
  if (a.model === b.model && prompts.length === 0)
    notes.push('Model and prompts are the same: what differs is how the model answers from run to run.');
  if (canonicalJson(a.corpus.files) !== canonicalJson(b.corpus.files))
    notes.push('The files of the corpus are not the same; only conversations that both have are compared.');
  const { baselineOnly, candidateOnly } = overlap;
  if (baselineOnly + candidateOnly > 0)
    notes.push(
      `Left out: ${baselineOnly.toLocaleString('en')} conversations that only the first has, ${candidateOnly.toLocaleString('en')} that only the second has.`,
    );
  const answered = funnel.find(({ name }) => name === 'answered');
  const lost = [answered?.baseline, answered?.candidate].map((stage) => (stage ? stage.in - stage.out : 0));
  if (lost.some((count) => count > 0))
    notes.push(
      `Conversations without a usable answer (${lost.join(', then ')}) count as not kept here, so prevalences may differ a little from those of the studies' own reports.`,
    );
  return notes;
}
