import type { BinaryField, NominalField, OrdinalField } from '../schema/field.ts';
import type { Value } from '../schema/run-record.ts';
import { classesOf } from '../task/task.ts';
import type { Metric, Proportion, Ratio, Scorer } from './scorer.ts';
import {
  confusion,
  f1,
  NOMINAL_MEASURES,
  nearCells,
  ORDINAL_MEASURES,
  ordinalConfusion,
  precision,
  recall,
} from './single-label-metrics.ts';

const CORRELATIONS = new Set(['qwk', 'lwk', 'kendall_tau_b', 'spearman']);

/**
 * Scores a field with one label: nominal, binary or ordinal. The cells are its confusion matrix.
 *
 * Without a usable answer a case counts as wrong, in the column `invalid`. Where the field can be
 * null (`only_where`), null is a row and a column `none` after the labels: a case counts where the
 * expected or the given value is not null, and `none` is in no macro figure.
 */
export function singleLabelScorer(field: NominalField | BinaryField | OrdinalField): Scorer {
  const labels = classesOf(field);
  const nullable = field.kind === 'nominal' && field.only_where !== undefined;
  const rows = nullable ? [...labels, 'none'] : labels;
  const columns = rows.length + 1;
  const code = new Map(labels.map((label, i) => [label, i]));
  const nominal = Object.values(NOMINAL_MEASURES);
  const ordinal = field.kind === 'ordinal' ? Object.values(ORDINAL_MEASURES) : [];
  const overall = Object.keys({ ...NOMINAL_MEASURES, ...(field.kind === 'ordinal' ? ORDINAL_MEASURES : {}) });
  const metrics: Metric[] = [
    ...overall.map(
      (name): Metric => ({
        name,
        better: name === 'mae' ? 'lower' : 'higher',
        proportion: proportionOf(name, rows.length),
        mean: name === 'mae' ? meanDistance(rows.length) : null,
        correlation: CORRELATIONS.has(name),
      }),
    ),
    ...labels.flatMap((label, i): Metric[] => [
      {
        name: `precision.${label}`,
        better: 'higher',
        proportion: ofColumn(i, rows.length),
        mean: null,
        correlation: false,
      },
      {
        name: `recall.${label}`,
        better: 'higher',
        proportion: ofRow(i, rows.length),
        mean: null,
        correlation: false,
      },
      { name: `f1.${label}`, better: 'higher', proportion: null, mean: null, correlation: false },
    ]),
  ];

  function indexOf(value: Value): number | null {
    if (value === null) return nullable ? labels.length : null;
    return code.get(String(value)) ?? null;
  }
  const tableOf = (cells: Float64Array) =>
    confusion({ rows: rows.length, columns, counts: cells }, labels.length);

  return {
    kind: field.kind,
    size: rows.length * columns,
    metrics,
    additions(expected, given) {
      const row = indexOf(expected);
      if (row === null) throw new Error(`the expected value ${String(expected)} is not a label of the field`);
      const column = given === undefined ? rows.length : (indexOf(given) ?? rows.length);
      if (row === labels.length && column >= labels.length) return null;
      return [[row * columns + column, 1]];
    },
    classOf: (expected) => (expected === null ? null : String(expected)),
    count: (cells) => cells.reduce((total, count) => total + count, 0),
    measure(cells, values) {
      const table = tableOf(cells);
      let next = 0;
      const write = (value: number | null) => {
        values[next++] = table.n > 0 ? (value ?? Number.NaN) : Number.NaN;
      };
      for (const measure of nominal) write(measure(table));
      if (ordinal.length > 0) {
        const levels = ordinalConfusion(table.table, labels.length);
        for (const measure of ordinal) write(measure(levels));
      }
      for (let i = 0; i < labels.length; i++) {
        write(precision(table, i));
        write(recall(table, i));
        write(f1(table, i));
      }
    },
    matrix: (cells) => ({
      rows,
      columns: [...rows, 'invalid'],
      counts: rows.map((_, i) => [...cells.subarray(i * columns, (i + 1) * columns)]),
    }),
    perLabel: () => null,
    classes(cells) {
      const table = tableOf(cells);
      const orNull = (value: number) => (table.n > 0 ? value : null);
      return labels.map((label, i) => ({
        label,
        support: table.support[i] ?? 0,
        precision: orNull(precision(table, i)),
        recall: orNull(recall(table, i)),
        f1: orNull(f1(table, i)),
      }));
    },
  };
}

function proportionOf(name: string, rows: number): Proportion | null {
  const trials = Array.from({ length: rows * (rows + 1) }, (_, cell) => cell);
  switch (name) {
    case 'accuracy':
      return { successes: Array.from({ length: rows }, (_, i) => i * (rows + 1) + i), trials };
    case 'within_one':
      return { successes: nearCells(rows, rows + 1), trials };
    default:
      return null;
  }
}

/** Distance in levels; an unusable answer is the farthest. */
function meanDistance(levels: number): Ratio {
  const cells = Array.from({ length: levels * (levels + 1) }, (_, cell) => cell);
  return {
    numerator: cells.map((cell) => {
      const [row, column] = [Math.floor(cell / (levels + 1)), cell % (levels + 1)];
      return [cell, column < levels ? Math.abs(row - column) : Math.max(row, levels - 1 - row)];
    }),
    denominator: cells,
  };
}

function ofRow(i: number, rows: number): Proportion {
  const first = i * (rows + 1);
  return { successes: [first + i], trials: Array.from({ length: rows + 1 }, (_, j) => first + j) };
}

function ofColumn(j: number, rows: number): Proportion {
  return {
    successes: [j * (rows + 1) + j],
    trials: Array.from({ length: rows }, (_, i) => i * (rows + 1) + j),
  };
}
