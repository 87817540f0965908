import type { Baseline } from '../baseline/baseline.ts';
import { NO_USAGE } from '../model/model.ts';
import type { Case } from '../plan/case.ts';
import { buildRecord, type RecordSource } from '../record/build-record.ts';
import type { Answer, RunRecord } from '../schema/run-record.ts';

/** A run that is under way, each case asked once. */
export interface RunSoFar {
  /** All there are, sorted by id. */
  cases: readonly Case[];
  /** By case id. */
  answers: ReadonlyMap<string, Answer>;
  source: RecordSource;
}

const UNKNOWN = { raw: '', usage: NO_USAGE, latency_ms: 0 };

/**
 * The run as it would be if the cases that are not answered yet were answered so. A case for which `rest` gives null
 * is left out.
 */
export function completeRun(
  { cases, answers, source }: RunSoFar,
  rest: (each: Case) => Answer | null,
): RunRecord {
  const completed = cases.flatMap((each): [Case, Answer][] => {
    const answer = answers.get(each.id) ?? rest(each);
    return answer === null ? [] : [[each, answer]];
  });
  return buildRecord(
    completed.map(([each]) => each),
    new Map(completed.map(([{ id }, answer]) => [id, [answer]])),
    source,
  );
}

/** Only what was answered. */
export function nothingElse(): null {
  return null;
}

/** What is expected: no answer can be better. */
export function rightAnswer({ expected }: Case): Answer {
  return { status: 'answered', label: expected, ...UNKNOWN };
}

/** No usable answer: none can be worse, for it counts as wrong, and as the farthest from what is expected. */
export function unusableAnswer(): Answer {
  return { status: 'invalid', reason: 'not asked yet', ...UNKNOWN };
}

/** What was accepted before; null for a case that nobody accepted an answer to. */
export function acceptedAnswer(baseline: Baseline | null): (each: Case) => Answer | null {
  return ({ id, text }) => {
    const accepted = baseline?.cases.get(id);
    const [answer] = accepted?.text === text ? accepted.answers : [];
    if (answer === undefined) return null;
    return answer.status === 'answered'
      ? { ...answer, ...UNKNOWN }
      : { ...answer, reason: 'as accepted', ...UNKNOWN };
  };
}
