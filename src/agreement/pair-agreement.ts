import { type Estimate, estimate, type Resampling } from './estimate.ts';
import type { FieldUnit } from './voted-unit.ts';

type Unit = Pick<FieldUnit, 'family' | 'votes'>;

/** How far annotators agree that a class applies. */
export interface SpecificAgreement {
  label: string;
  /** Votes for it that another vote of the same unit could be compared with. */
  votes: number;
  /** Units in which somebody gave it. */
  units: number;
  agreement: Estimate;
}

/** Share of all pairs of votes on the same unit that are equal, from 0 to 1, with its interval over families. */
export function pairAgreement(units: readonly Unit[], resampling: Resampling | null): Estimate {
  const contributions = units.map(({ family, votes }) => {
    const equal = [...tally(votes).values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
    return { family, cells: pairCells(equal, (votes.length * (votes.length - 1)) / 2) };
  });
  return estimate(contributions, SHARE, resampling);
}

/**
 * Specific agreement on each class: how likely another vote gives the class, where one vote does. With two votes a unit
 * it is 2a / (2a + b + c), a being the units on which both give it, b and c those on which one does. Every pair of
 * votes counts once each way round, so units with more votes weigh more.
 *
 * Source: Cicchetti and Feinstein (1990), J. Clin. Epidemiol. 43, 551-558; for any number of votes Spitzer and Fleiss
 * (1974), Br. J. Psychiatry 125, 341-347.
 *
 * @param labels the classes that are wanted, in their order
 */
export function specificAgreements(
  units: readonly Unit[],
  labels: readonly string[],
  resamplingOf: (label: string) => Resampling | null,
): SpecificAgreement[] {
  const tallies = units
    .filter(({ votes }) => votes.length > 1)
    .map(({ family, votes }) => ({ family, others: votes.length - 1, counts: tally(votes) }));
  return labels.map((label) => {
    const given = tallies.flatMap(({ family, others, counts }) => {
      const count = counts.get(label) ?? 0;
      return count === 0 ? [] : [{ family, count, others }];
    });
    const contributions = given.map(({ family, count, others }) => {
      return { family, cells: pairCells(count * (count - 1), count * others) };
    });
    return {
      label,
      votes: given.reduce((sum, { count }) => sum + count, 0),
      units: given.length,
      agreement: estimate(contributions, SHARE, resamplingOf(label)),
    };
  });
}

/** Equal pairs of all pairs. */
const SHARE = {
  size: 2,
  isCoefficient: false,
  measure: ([equal = 0, all = 0]: Float64Array) => (all > 0 ? equal / all : Number.NaN),
  worst: (sums: Float64Array) => sums.with(0, 0),
};

function pairCells(equal: number, all: number): [number, number][] {
  return [
    [0, equal],
    [1, all],
  ];
}

function tally(votes: Unit['votes']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { value } of votes) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
