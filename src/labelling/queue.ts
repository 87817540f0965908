import { keyOf } from '../goldens/golden-lines.ts';
import { seedFor } from '../statistics/random.ts';
import { agreedLabel, type CaseKey, isSameLabel, votesOn } from './cast-vote.ts';
import type { GoldenState } from './golden-files.ts';
import type { LabelBatchLine } from './label-batch.ts';

/** A case of a session's queue. */
export interface QueuedCase extends CaseKey {
  /** Name of its labels file. */
  labels: string;
  /** Whether it was dealt with: voted on by this annotator, or adjudicated. */
  isDone: boolean;
}

/** Each labels file by its name, in the order in which they are gone through. */
export type LabelStates = ReadonlyMap<string, GoldenState>;

/**
 * What one annotator goes through: a batch in its own order, or else every open case, one labels file after the other,
 * in an order that is this annotator's own: so a case that is tired of comes late for one and early for another.
 */
export function labellingQueue(
  states: LabelStates,
  annotator: string,
  batch: readonly LabelBatchLine[] | null,
): QueuedCase[] {
  const cases =
    batch ?? [...states].flatMap(([labels, state]) => inOrderOf(annotator, labels, openCases(state)));
  return cases.map(({ labels, id, window }) => {
    const state = states.get(labels);
    const votes = state === undefined ? [] : votesOn(state, keyOf(id, window));
    return { labels, id, window, isDone: votes.some(({ by }) => by === annotator) };
  });
}

/**
 * What an adjudicator goes through: the open cases that have their votes and whose votes differ, and of a batch also
 * the labelled cases on which some vote differs from the label. With a batch only its cases, in its order.
 */
export function adjudicationQueue(
  states: LabelStates,
  votesNeeded: number,
  batch: readonly LabelBatchLine[] | null,
): QueuedCase[] {
  const cases =
    batch ??
    [...states].flatMap(([labels, state]) =>
      openCases(state).map(({ id, window }) => ({ labels, id, window })),
    );
  return cases.flatMap(({ labels, id, window }): QueuedCase[] => {
    const state = states.get(labels);
    if (state === undefined) return [];
    const key = keyOf(id, window);
    const votes = votesOn(state, key);
    const golden = state.labels.get(key);
    if (golden === undefined) {
      const isSplit = votes.length >= votesNeeded && agreedLabel(votes, votesNeeded) === null;
      return isSplit ? [{ labels, id, window, isDone: false }] : [];
    }
    if (votes.every(({ label }) => isSameLabel(label, golden.label))) return [];
    return [{ labels, id, window, isDone: golden.adjudicated }];
  });
}

/**
 * A name that votes bear and that is this annotator's but for capitals, blanks or how accents are coded: two such names
 * are most likely one person, whose two votes would settle a label alone. Null where there is none, and where the
 * annotator's own name bears votes already.
 */
export function otherSpelling(states: LabelStates, annotator: string): string | null {
  const names = new Set<string>();
  for (const { labels, open } of states.values())
    for (const { votes } of [...labels.values(), ...open.values()]) for (const { by } of votes) names.add(by);
  if (names.has(annotator)) return null;
  const folded = foldedName(annotator);
  return [...names].find((name) => foldedName(name) === folded) ?? null;
}

function foldedName(name: string): string {
  return name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** The first case after a place that is not done, beginning again at the start; null where all are. */
export function nextToDo(queue: readonly QueuedCase[], after: number): number | null {
  for (let step = 1; step <= queue.length; step += 1) {
    const at = (after + step + queue.length) % queue.length;
    if (queue[at]?.isDone === false) return at;
  }
  return null;
}

function openCases({ open, labels }: GoldenState): CaseKey[] {
  return [...open.values()].filter(({ id, window }) => !labels.has(keyOf(id, window)));
}

function inOrderOf(annotator: string, labels: string, cases: readonly CaseKey[]) {
  const seed = seedFor(seedFor(0, annotator), labels);
  return cases
    .map(({ id, window }) => ({ labels, id, window, rank: seedFor(seed, keyOf(id, window)) }))
    .sort((a, b) => a.rank - b.rank || (keyOf(a.id, a.window) < keyOf(b.id, b.window) ? -1 : 1));
}
