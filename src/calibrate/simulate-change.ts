import type { CasePair } from '../compare/flips.ts';
import type { CaseRecord } from '../schema/run-record.ts';
import type { Random } from '../statistics/random.ts';
import type { AnswerModel, CaseModel, PossibleAnswer } from './answer-model.ts';

export interface ChangeOptions {
  /** Share of answers that come out otherwise by chance, in either run; 0 … 1. */
  noise: number;
  /** Share of families that the change breaks, 0 … 1; with 0 nothing was changed. */
  brokenShare: number;
}

/** A baseline and a candidate as they might have come out. */
export interface SimulatedChange {
  pairs: CasePair[];
  /** The headline metric of each; NaN where undefined. */
  baseline: number;
  candidate: number;
}

/** A changed prompt makes other requests, so the two are never taken for one run. */
const CHANGED_REQUEST = 'changed';

/**
 * Draws both runs anew from the same answers, each with noise of its own, so that neither is better; then turns
 * right answers of the candidate wrong in the families that the change breaks. What goes wrong with a scenario
 * goes wrong with all cases made from it: that is harder to see than as many wrong answers here and there.
 */
export function simulateChange(
  model: AnswerModel,
  { noise, brokenShare }: ChangeOptions,
  random: Random,
): SimulatedChange {
  const broken = new Map<string, boolean>();
  const isBroken = (family: string) => {
    let known = broken.get(family);
    if (known === undefined) {
      known = random() < brokenShare;
      broken.set(family, known);
    }
    return known;
  };
  const before = new Float64Array(model.scorer.size);
  const now = new Float64Array(model.scorer.size);
  const pairs = model.cases.map((subject): CasePair => {
    const { record, wrong } = subject;
    const accepted = drawAnswers(subject, noise, model.repeats, random);
    let given = drawAnswers(subject, noise, model.repeats, random);
    if (isBroken(record.family))
      given = given.map((answer) => (answer.right ? pick(wrong, random, answer) : answer));
    count(before, accepted);
    count(now, given);
    return {
      before: answered(record, accepted),
      now: { ...answered(record, given), request: CHANGED_REQUEST },
    };
  });
  return { pairs, baseline: headlineOf(model, before), candidate: headlineOf(model, now) };
}

function drawAnswers(
  { usual, others }: CaseModel,
  noise: number,
  repeats: number,
  random: Random,
): PossibleAnswer[] {
  return Array.from({ length: repeats }, () => (random() < noise ? pick(others, random, usual) : usual));
}

function pick(answers: readonly PossibleAnswer[], random: Random, otherwise: PossibleAnswer): PossibleAnswer {
  return answers[Math.floor(random() * answers.length)] ?? otherwise;
}

function answered(record: CaseRecord, given: readonly PossibleAnswer[]): CaseRecord {
  return { ...record, answers: given.map(({ answer }) => answer) };
}

/** Repeats of a question are not further cases: together they weigh one. */
function count(cells: Float64Array, given: readonly PossibleAnswer[]): void {
  for (const { additions } of given)
    for (const [cell, value] of additions ?? []) cells[cell] = (cells[cell] ?? 0) + value / given.length;
}

function headlineOf({ scorer, headline }: AnswerModel, cells: Float64Array): number {
  const values = new Float64Array(scorer.metrics.length);
  scorer.measure(cells, values);
  return values[headline] ?? Number.NaN;
}
