import type { SetField } from '../schema/field.ts';
import type { Value } from '../schema/run-record.ts';
import type { Metric, Proportion, Scorer } from './scorer.ts';

/** Cells before those of the labels. */
const CASES = 0;
const EXACT = 1;
const JACCARD = 2;
const FIRST_LABEL = 3;
/** A label's cells: rows expected false, true; columns given false, true, unusable. */
const PER_LABEL = 6;
const COLUMNS = 3;

/**
 * Scores a field with any of k labels. The cells are the number of cases, of exact matches, the sum
 * of Jaccard indices, and for each label a 2 x 3 matrix.
 *
 * Without a usable answer a case counts as wrong: no exact match, Jaccard 0, and for every label
 * the column `invalid`, which is an error in the Hamming loss and a miss in recall and F1.
 */
export function setScorer(field: SetField): Scorer {
  const { labels } = field;
  const measures = setMeasures(labels.length);
  const metrics: Metric[] = [
    ...Object.keys(measures).map(
      (name): Metric => ({
        name,
        better: name === 'hamming_loss' ? 'lower' : 'higher',
        proportion: name.endsWith('accuracy') ? { successes: [EXACT], trials: [CASES] } : null,
        mean: name === 'jaccard' ? { numerator: [[JACCARD, 1]], denominator: [CASES] } : null,
        correlation: false,
      }),
    ),
    ...labels.flatMap((label, i): Metric[] => [
      {
        name: `precision.${label}`,
        better: 'higher',
        proportion: ofGiven(i),
        mean: null,
        correlation: false,
      },
      {
        name: `recall.${label}`,
        better: 'higher',
        proportion: ofExpected(i),
        mean: null,
        correlation: false,
      },
      { name: `f1.${label}`, better: 'higher', proportion: null, mean: null, correlation: false },
    ]),
  ];

  return {
    kind: 'set',
    size: FIRST_LABEL + PER_LABEL * labels.length,
    metrics,
    additions(expected, given) {
      const wanted = labelsOf(expected);
      const got = given === undefined ? null : labelsOf(given);
      const wrong = labels.filter((label) => wanted.has(label) !== got?.has(label)).length;
      const shared = labels.filter((label) => wanted.has(label) && got?.has(label) === true).length;
      const additions: [number, number][] = [[CASES, 1]];
      if (got !== null && wrong === 0) additions.push([EXACT, 1]);
      if (got !== null) additions.push([JACCARD, shared + wrong === 0 ? 1 : shared / (shared + wrong)]);
      for (const [i, label] of labels.entries()) {
        const column = got === null ? 2 : Number(got.has(label));
        additions.push([cellOf(i, Number(wanted.has(label)), column), 1]);
      }
      return additions;
    },
    classOf(expected) {
      const wanted = labelsOf(expected);
      return labels.filter((label) => wanted.has(label)).join('+') || 'none';
    },
    count: (cells) => cells[CASES] ?? 0,
    measure(cells, values) {
      const n = cells[CASES] ?? 0;
      let next = 0;
      const write = (value: number) => {
        values[next++] = n > 0 ? value : Number.NaN;
      };
      for (const measure of Object.values(measures)) write(measure(cells));
      for (let i = 0; i < labels.length; i++) {
        write(share(cells, ofGiven(i)));
        write(share(cells, ofExpected(i)));
        write(f1(cells, i));
      }
    },
    matrix: () => null,
    perLabel: (cells) =>
      Object.fromEntries(
        labels.map((label, i) => [
          label,
          {
            rows: ['false', 'true'],
            columns: ['false', 'true', 'invalid'],
            counts: [0, 1].map((row) => [...cells.subarray(cellOf(i, row, 0), cellOf(i, row, 0) + COLUMNS)]),
          },
        ]),
      ),
    classes(cells) {
      const orNull = (value: number) => ((cells[CASES] ?? 0) > 0 ? value : null);
      return labels.map((label, i) => ({
        label,
        support: sum(cells, ofExpected(i).trials),
        precision: orNull(share(cells, ofGiven(i))),
        recall: orNull(share(cells, ofExpected(i))),
        f1: orNull(f1(cells, i)),
      }));
    },
  };
}

function setMeasures(labels: number): Record<string, (cells: Float64Array) => number> {
  const every = Array.from({ length: labels }, (_, i) => i);
  const exact = (cells: Float64Array) => (cells[EXACT] ?? 0) / (cells[CASES] ?? 0);
  const right = every.flatMap((i) => [cellOf(i, 0, 0), cellOf(i, 1, 1)]);
  const hits = every.map((i) => cellOf(i, 1, 1));
  const givenAndExpected = every.flatMap((i) => [...ofGiven(i).trials, ...ofExpected(i).trials]);
  return {
    accuracy: exact,
    subset_accuracy: exact,
    /** Share of label decisions that are wrong. */
    hamming_loss: (cells) => 1 - sum(cells, right) / ((cells[CASES] ?? 0) * labels),
    /** Mean over cases of shared labels by all labels of both; 1 where both are empty. */
    jaccard: (cells) => (cells[JACCARD] ?? 0) / (cells[CASES] ?? 0),
    micro_f1: (cells) => ratio(2 * sum(cells, hits), sum(cells, givenAndExpected)),
    macro_f1: (cells) => every.reduce((total, i) => total + f1(cells, i), 0) / labels,
  };
}

function labelsOf(value: Value): Set<string> {
  return new Set(Array.isArray(value) ? value : []);
}

function cellOf(label: number, row: number, column: number): number {
  return FIRST_LABEL + label * PER_LABEL + row * COLUMNS + column;
}

/** Precision: of the cases that were given the label. */
function ofGiven(label: number): Proportion {
  return { successes: [cellOf(label, 1, 1)], trials: [cellOf(label, 0, 1), cellOf(label, 1, 1)] };
}

/** Recall: of the cases that should have it. */
function ofExpected(label: number): Proportion {
  return {
    successes: [cellOf(label, 1, 1)],
    trials: [cellOf(label, 1, 0), cellOf(label, 1, 1), cellOf(label, 1, 2)],
  };
}

function f1(cells: Float64Array, label: number): number {
  const hits = cells[cellOf(label, 1, 1)] ?? 0;
  return ratio(2 * hits, sum(cells, ofGiven(label).trials) + sum(cells, ofExpected(label).trials));
}

function share(cells: Float64Array, { successes, trials }: Proportion): number {
  return ratio(sum(cells, successes), sum(cells, trials));
}

function sum(cells: Float64Array, of: readonly number[]): number {
  let total = 0;
  for (const cell of of) total += cells[cell] ?? 0;
  return total;
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
