import { cohenKappa } from '../statistics/cohen-kappa.ts';
import { type Table, tabulate } from '../statistics/table.ts';
import type { FieldUnit } from './voted-unit.ts';

/** Votes of all annotators against each other. Rows and columns are the classes, in their order. */
export interface VoteMatrix {
  labels: string[];
  /** Each pair of votes on a unit stands in it twice, once each way round, so it is symmetric. */
  counts: number[][];
}

/** Two annotators, or an annotator and the label, on what both judged. */
export interface PairOfRaters {
  first: string;
  /** Null for the label. */
  second: string | null;
  units: number;
  equal: number;
  /** Of the classes, as if they had no order; null where undefined. */
  kappa: number | null;
  /** Rows the first, columns the second, as the classes of `VoteMatrix`. */
  counts: number[][];
}

/** Two classes that one and the same unit was given. */
export interface Confusion {
  labels: [string, string];
  /** Pairs of votes on a unit of which one gives the first class and the other the second. */
  pairs: number;
}

/** Every vote against every other of its unit. */
export function voteMatrix(
  units: readonly Pick<FieldUnit, 'votes'>[],
  labels: readonly string[],
): VoteMatrix {
  const codes = codesOf(labels);
  const pairs = units.flatMap(({ votes }) =>
    votes.flatMap((one, i) =>
      votes.flatMap((other, j): [number, number][] =>
        i === j ? [] : [[codes.get(one.value) ?? 0, codes.get(other.value) ?? 0]],
      ),
    ),
  );
  return { labels: [...labels], counts: rowsOf(tabulate(pairs, labels.length)) };
}

/** The pairs of classes that votes disagree on, the most frequent first. */
export function confusionsOf({ labels, counts }: VoteMatrix): Confusion[] {
  const found = labels.flatMap((first, i) =>
    labels.slice(i + 1).flatMap((second, offset): Confusion[] => {
      const pairs = counts[i]?.[i + 1 + offset] ?? 0;
      return pairs === 0 ? [] : [{ labels: [first, second], pairs }];
    }),
  );
  return found.sort((a, b) => b.pairs - a.pairs);
}

/** Each pair of annotators that judged a unit in common, in the order of their names. */
export function pairsOfAnnotators(
  units: readonly Pick<FieldUnit, 'votes'>[],
  labels: readonly string[],
): PairOfRaters[] {
  const byPair = new Map<string, { first: string; second: string; values: [string, string][] }>();
  for (const { votes } of units) {
    const sorted = votes.toSorted((a, b) => (a.by < b.by ? -1 : 1));
    for (const [i, one] of sorted.entries())
      for (const other of sorted.slice(i + 1)) {
        const key = JSON.stringify([one.by, other.by]);
        const known = byPair.get(key) ?? { first: one.by, second: other.by, values: [] };
        known.values.push([one.value, other.value]);
        byPair.set(key, known);
      }
  }
  const pairs = [...byPair.values()].map(({ first, second, values }) =>
    pairOf(first, second, values, labels),
  );
  return pairs.sort((a, b) => compare(a.first, b.first) || compare(a.second ?? '', b.second ?? ''));
}

/** Each annotator against the labels, in the order of their names. Adjudicated labels and open ones are left out. */
export function annotatorsAgainstLabel(
  units: readonly FieldUnit[],
  labels: readonly string[],
): PairOfRaters[] {
  const byAnnotator = new Map<string, [string, string][]>();
  for (const { label, adjudicated, votes } of units) {
    if (label === null || adjudicated) continue;
    for (const { by, value } of votes) {
      const known = byAnnotator.get(by);
      if (known === undefined) byAnnotator.set(by, [[value, label]]);
      else known.push([value, label]);
    }
  }
  const pairs = [...byAnnotator].map(([by, values]) => pairOf(by, null, values, labels));
  return pairs.sort((a, b) => compare(a.first, b.first));
}

function pairOf(
  first: string,
  second: string | null,
  values: readonly [string, string][],
  labels: readonly string[],
): PairOfRaters {
  const codes = codesOf(labels);
  const coded = values.map(([a, b]): [number, number] => [codes.get(a) ?? 0, codes.get(b) ?? 0]);
  const table = tabulate(coded, labels.length);
  const equal = values.filter(([a, b]) => a === b).length;
  return { first, second, units: values.length, equal, kappa: cohenKappa(table), counts: rowsOf(table) };
}

function codesOf(labels: readonly string[]): Map<string, number> {
  return new Map(labels.map((label, code) => [label, code]));
}

function rowsOf({ rows, columns, counts }: Table): number[][] {
  const all = Array.from(counts);
  return Array.from({ length: rows }, (_, row) => all.slice(row * columns, (row + 1) * columns));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
