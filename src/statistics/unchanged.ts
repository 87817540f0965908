import { type FamilyPopulation, totalCells } from './family-population.ts';
import type { Measure } from './leave-one-out.ts';
import type { PairedBootstrap } from './paired-bootstrap.ts';
import { wilsonInterval } from './wilson.ts';

/**
 * What can be said of a paired difference where no family tells the runs apart, so that resampling
 * sees no uncertainty. Had the candidate gone wrong on a share of all families, none of those drawn
 * would show it with probability (1 - share) ^ families; the p-value is that for the share that
 * costs the margin. The interval allows as many unseen errors on either side as Wilson's does.
 *
 * @param population of paired cases, see `pairedPopulation`
 * @param gain writes the candidate's gain at position 0
 * @param worst the cells, of both runs, if every case had gone as badly as it can
 * @returns null where the gain is undefined or is not zero, which the bootstrap has to tell
 */
export function unchangedBootstrap(
  population: FamilyPopulation,
  gain: Measure,
  worst: Float64Array,
  margin: number,
  confidence: number,
): PairedBootstrap | null {
  const { families, size } = population;
  const cells = totalCells(population);
  const value = new Float64Array(1);
  /** Loss if that share of families had gone wrong in the candidate alone. */
  const lossAt = (share: number) => {
    gain(
      cells.map((count, i) => (i < size / 2 ? count : (1 - share) * count + share * (worst[i] ?? 0))),
      value,
    );
    return -(value[0] ?? Number.NaN);
  };
  if (families === 0 || !(Math.abs(lossAt(0)) < 1e-12)) return null;
  const unseen = 1 - (wilsonInterval(families, families, confidence)?.low ?? 0);
  const reach = Math.max(0, lossAt(unseen) || 0);
  let [low, high] = [0, 1];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (lossAt(middle) >= margin) high = middle;
    else low = middle;
  }
  return {
    gain: 0,
    // No spread was seen; the whole reach stands for it, on the cautious side.
    standardError: reach,
    interval: { low: -reach, high: reach },
    lossAtLeastMargin: (1 - high) ** families,
  };
}
