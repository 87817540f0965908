import { type Contribution, type Estimate, estimate, type Resampling } from './estimate.ts';
import type { FieldUnit } from './voted-unit.ts';

/** How high the measured accuracy can get, labels being no better than the votes they come from. From 0 to 1. */
export interface Ceiling {
  /** Labels that the votes decided: what the two estimates speak of. */
  labels: number;
  /** Labels that were adjudicated whatever the votes say: nothing is said of them. */
  adjudicated: number;
  /** Labels that differ from the most frequent vote without being adjudicated. */
  againstVotes: number;
  /** What a classifier that is always right would measure, if errors are independent and all units equally hard. */
  independent: Estimate;
  /** The same, if votes differ only on units that are a toss-up between two classes. */
  tossUps: Estimate;
  /** A single vote against the most frequent one of the others; null where no unit has three votes. */
  leaveOneOut: Estimate;
}

/** How often the classes of a unit were voted for, and how often the one that is its label. */
interface Pattern {
  counts: readonly number[];
  label: number;
}

/** The probability that a label with these votes is right, given how often two votes agree. */
type LabelAccuracy = (pattern: Pattern, agreement: number) => number;

/**
 * The ceiling that the annotators' noise puts on measurable accuracy, under two assumptions and as measured. Both
 * models take one figure from all votes, the share A of pairs that agree, and give for each label, by its votes, the
 * probability that it is right; the mean of these is what a classifier that is always right would measure.
 *
 * `independent`: every vote is right with one and the same probability p, independently, and wrong ones fall on the
 * other K - 1 classes alike, no class being likelier beforehand. Then A = p² + (1 - p)² / (K - 1), which gives p, and
 * with it Bayes' rule gives the label's probability. It is the model of Dawid and Skene with a single parameter, and
 * the kindest of the assumptions: units that are harder than others, and errors that annotators share, leave more
 * wrong labels at the same agreement.
 *
 * `tossUps`: votes differ only on a share h of units on which each is one of two classes by lot. Then A = 1 - h/2; a
 * label whose votes differ is right with probability 1/2, and some unanimous ones are toss-ups too. Where no label is
 * adjudicated the ceiling is A itself. With three votes a unit, how often they split is nearly the same under both
 * models, so the truth may lie anywhere between.
 *
 * `leaveOneOut`: how often a vote is the most frequent one of the others' (a part of a hit where several are).
 *
 * Source: Dawid and Skene (1979), Appl. Stat. 28, 20-28; Passonneau and Carpenter (2014), TACL 2, 311-326.
 *
 * @param classes K, from 2
 */
export function ceilingOf(
  units: readonly FieldUnit[],
  classes: number,
  resamplingOf: (name: string) => Resampling | null,
): Ceiling {
  const labelled = units.filter(({ label, votes }) => label !== null && votes.length > 0);
  const decided = labelled.filter(({ adjudicated }) => !adjudicated);
  return {
    labels: decided.length,
    adjudicated: units.filter(({ adjudicated }) => adjudicated).length,
    againstVotes: decided.filter(({ label, votes }) => !mostFrequent(votes).includes(label ?? '')).length,
    independent: modelled(units, independentErrors(classes), classes, resamplingOf('independent')),
    tossUps: modelled(units, tossUp, 2, resamplingOf('toss-ups')),
    leaveOneOut: leaveOneOutAccuracy(units, resamplingOf('leave one out')),
  };
}

/** The mean of the labels' probabilities. Sums: equal pairs, pairs, then the labels of each pattern of votes. */
function modelled(
  units: readonly FieldUnit[],
  accuracyOf: LabelAccuracy,
  classes: number,
  resampling: Resampling | null,
): Estimate {
  const patterns = new Map<string, { pattern: Pattern; cell: number }>();
  const contributions = units.map(({ family, label, adjudicated, votes }): Contribution => {
    const tallied = tally(votes);
    const counts = [...tallied.values()].sort((a, b) => b - a);
    const equal = counts.reduce((sum, count) => sum + count * (count - 1), 0);
    const cells: [number, number][] = [
      [0, equal],
      [1, votes.length * (votes.length - 1)],
    ];
    if (label !== null && !adjudicated && votes.length > 0) {
      const pattern = { counts, label: tallied.get(label) ?? 0 };
      const key = JSON.stringify(pattern);
      const known = patterns.get(key) ?? { pattern, cell: 2 + patterns.size };
      patterns.set(key, known);
      cells.push([known.cell, 1]);
    }
    return { family, cells };
  });
  return estimate(
    contributions,
    {
      size: 2 + patterns.size,
      isCoefficient: false,
      measure: (sums) => {
        const agreement = (sums[0] ?? 0) / (sums[1] ?? 0);
        let [right, all] = [0, 0];
        for (const { pattern, cell } of patterns.values()) {
          const count = sums[cell] ?? 0;
          if (count > 0) right += count * accuracyOf(pattern, agreement);
          all += count;
        }
        return all > 0 ? right / all : Number.NaN;
      },
      // Agreement as by chance.
      worst: (sums) => sums.with(0, (sums[1] ?? 0) / classes),
    },
    resampling,
  );
}

/** NaN where votes agree less than by chance. */
function independentErrors(classes: number): LabelAccuracy {
  return ({ counts, label }, agreement) => {
    const single = voteAccuracy(agreement, classes);
    const odds = (single * (classes - 1)) / (1 - single);
    const most = counts[0] ?? 0;
    const unseen = Math.max(0, classes - counts.length) * odds ** -most;
    return odds ** (label - most) / counts.reduce((sum, count) => sum + odds ** (count - most), unseen);
  };
}

/**
 * The probability that a vote is right, from how often two agree; NaN where they agree less than by chance.
 *
 * @example
 * voteAccuracy(0.82, 2); // 0.9, as 0.9² + 0.1² = 0.82
 */
function voteAccuracy(agreement: number, classes: number): number {
  return (1 + Math.sqrt((classes - 1) * (classes * agreement - 1))) / classes;
}

function tossUp({ counts, label }: Pattern, agreement: number): number {
  if (counts.length > 1 || label === 0) return label === 0 ? 0 : 1 / counts.length;
  const share = Math.min(1, 2 * (1 - agreement));
  const unanimousByLot = share * 0.5 ** (label - 1);
  return 1 - unanimousByLot / (unanimousByLot + 1 - share) / 2;
}

function leaveOneOutAccuracy(units: readonly FieldUnit[], resampling: Resampling | null): Estimate {
  const contributions = units.flatMap(({ family, votes }): Contribution[] => {
    if (votes.length < 3) return [];
    const hits = votes.reduce((sum, { value }, index) => {
      const modes = mostFrequent(votes.toSpliced(index, 1));
      return sum + (modes.includes(value) ? 1 / modes.length : 0);
    }, 0);
    const cells = [
      [0, hits],
      [1, votes.length],
    ] as const;
    return [{ family, cells }];
  });
  return estimate(
    contributions,
    {
      size: 2,
      isCoefficient: false,
      measure: ([hits = 0, all = 0]) => (all > 0 ? hits / all : Number.NaN),
      worst: (sums) => sums.with(0, 0),
    },
    resampling,
  );
}

/** The values that most votes have, several where they tie. */
function mostFrequent(votes: FieldUnit['votes']): string[] {
  const tallied = [...tally(votes)];
  const most = Math.max(...tallied.map(([, count]) => count));
  return tallied.flatMap(([value, count]) => (count === most ? [value] : []));
}

function tally(votes: FieldUnit['votes']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { value } of votes) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
