import { jaccard } from '../duplicates/resemblance.ts';
import { type Candidate, gainOf, type Traits, traitsOf, whyOf } from './gain.ts';
import type { PooledConversation } from './read-pool.ts';

/** A conversation that was chosen, and why. */
export interface Chosen {
  conversation: PooledConversation;
  /** What most runs say of it: `affective.primary: roleplay`. */
  predicted: string[];
  /** In words, what counted most first. */
  why: string;
  /** What it adds to the goldens and to those chosen before it, from 0 to 3. */
  gain: number;
}

/**
 * Chooses conversations one by one, each time the one that adds most to the goldens and to those chosen before it.
 * What one adds is the sum of three numbers from 0 to 1, times how new its text is:
 * - rarity: the mean over suites of 1 / (1 + n / 10), n being how many labels in the goldens and predictions in the batch
 *   so far there are of the rarest class that most runs predict;
 * - disagreement: the mean over suites of the largest vote entropy among its questions, as a share of the largest
 *   possible (Dagan & Engelson 1995, "Committee-based sampling for training probabilistic classifiers", ICML); 0 with
 *   a single run, for one run differs from nobody;
 * - thinness: as rarity, of its length class or, if that has fewer, of the language that the record gives;
 * - newness: 1 less the largest Jaccard similarity to one in the batch (`src/duplicates`).
 *
 * Since what was chosen counts, no class, length or phrase fills a batch. Of equals the first is taken.
 *
 * @param inGoldens how many labels or conversations a cell has, as `gainOf` names it
 * @param count how many to choose; all where there are fewer
 */
export function chooseBatch(
  candidates: readonly Candidate[],
  inGoldens: (cell: string) => number,
  count: number,
): Chosen[] {
  const batch = new Map<string, number>();
  const counts = { inGoldens, inBatch: (cell: string) => batch.get(cell) ?? 0 };
  const left = new Set(candidates.map(traitsOf));
  const chosen: Chosen[] = [];
  while (chosen.length < count) {
    let [best, most]: [Traits | null, number] = [null, -1];
    for (const traits of left) {
      const gain = gainOf(traits, counts);
      if (gain > most) [best, most] = [traits, gain];
    }
    if (best === null) break;
    const { conversation, slices, shingles } = best;
    const classes = best.classes.flat();
    const predicted = classes.map((name) => name.replace(/^class /, ''));
    chosen.push({ conversation, predicted, why: whyOf(best, counts), gain: most });
    left.delete(best);
    for (const cell of [...classes, ...slices]) batch.set(cell, counts.inBatch(cell) + 1);
    for (const other of left) other.likeness = Math.max(other.likeness, jaccard(other.shingles, shingles));
  }
  return chosen;
}
