import { type Comparison, compareWithBaseline } from '../compare/compare.ts';
import type { Goldens } from '../goldens/load.ts';
import { NO_USAGE } from '../model/model.ts';
import { caseId } from '../plan/case.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import type { BaselineAnswer } from '../schema/baseline.ts';
import type { Answer, CaseRecord, RunRecord } from '../schema/run-record.ts';
import type { RecordedAnswers } from './recorded-answers.ts';

/** Two sets of answers to the same cases, by the labels of today. */
export interface TodaysComparison {
  comparison: Comparison;
  /** Cases that only one side has, of another text than today's, or without a label today. */
  leftOut: number;
}

/**
 * Compares two sets of answers on the cases that both have with the text of today, scored with the labels of today:
 * so a label corrected since is not taken for a change of the prompt.
 *
 * @param suite what a run record would keep of the suite today
 */
export function compareToday(
  suite: RunRecord['suite'],
  goldens: Goldens,
  before: RecordedAnswers,
  now: RecordedAnswers,
): TodaysComparison {
  const cases = goldens.labels.flatMap(({ id, window, label }): CaseRecord[] => {
    const conversation = goldens.conversations.get(id);
    const given = now.cases.get(caseId(id, window));
    if (conversation === undefined || given === undefined) return [];
    const { family, lang, tags, messages } = conversation;
    if (given.text !== fingerprint(messages).slice(0, 16)) return [];
    const answers = given.answers.map(asAnswer);
    return [{ ...given, answers, conversation: id, window, family, lang, tags, expected: label }];
  });
  cases.sort((a, b) => (a.id < b.id ? -1 : 1));
  const comparison = compareWithBaseline(
    { suite, cases, repeats: now.repeats, selection: null },
    { path: before.shown, header: { ...HEADER, ...before, cases: before.cases.size }, cases: before.cases },
  );
  const all = new Set([...before.cases.keys(), ...now.cases.keys()]);
  return { comparison, leftOut: all.size - comparison.pairs.length };
}

const HEADER = { touchstone: 'baseline', version: 1 } as const;

/** What was recorded without text, time and cost. */
function asAnswer(recorded: BaselineAnswer): Answer {
  const unknown = { raw: '', usage: NO_USAGE, latency_ms: 0 };
  return recorded.status === 'answered'
    ? { ...recorded, ...unknown }
    : { ...recorded, reason: '', ...unknown };
}
