import { describe, expect, it } from 'vitest';
import { answer } from '../../test/oracles/made-run.ts';
import type { Field } from '../schema/field.ts';
import type { CaseRecord, Value } from '../schema/run-record.ts';
import { type Random, seededRandom } from '../statistics/random.ts';
import { fieldVectors } from './field-vectors.ts';
import { scoreField } from './score-field.ts';
import { singleLabelScorer } from './single-label-scorer.ts';

const SAMPLES = 2_000;
const RESAMPLES = 1_000;

/** A classifier on a population: how common each class is, and what is answered where it is right. */
interface Design {
  field: Extract<Field, { kind: 'nominal' | 'ordinal' }>;
  prior: number[];
  /** Chance of each class, then of no usable answer, given the expected class. */
  answers(expected: number): number[];
}

const nominal: Design = {
  field: { kind: 'nominal', labels: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
  prior: [0.18, 0.175, 0.172, 0.136, 0.134, 0.126, 0.077],
  answers: (expected) => {
    const right = [0.82, 0.7, 0.78, 0.74, 0.85, 0.8, 0.9][expected] ?? 0;
    return [...Array.from({ length: 7 }, (_, j) => (j === expected ? right : (0.99 - right) / 6)), 0.01];
  },
};

const ordinal: Design = {
  field: { kind: 'ordinal', levels: { a: -1, b: -0.5, c: 0, d: 0.5, e: 1 } },
  prior: [0.12, 0.28, 0.3, 0.22, 0.08],
  answers: (expected) => {
    const raw = Array.from({ length: 5 }, (_, j) => [0.72, 0.13, 0.02, 0, 0][Math.abs(expected - j)] ?? 0);
    const total = raw.reduce((sum, x) => sum + x, 0);
    return [...raw.map((x) => x / total), 0];
  },
};

function pick(random: Random, shares: readonly number[]): number {
  let left = random();
  for (const [i, share] of shares.entries()) {
    left -= share;
    if (left < 0) return i;
  }
  return shares.length - 1;
}

/** Cases alone, or in families of one to four that share their first member's fate half of the time. */
function sample({ field, prior, answers }: Design, n: number, clustered: boolean, random: Random) {
  const labels = field.kind === 'ordinal' ? Object.keys(field.levels) : field.labels;
  const cases: Pick<CaseRecord, 'family' | 'expected' | 'answers'>[] = [];
  for (let family = 0; cases.length < n; family++) {
    const members = clustered ? Math.min(n - cases.length, 1 + Math.floor(random() * 4)) : 1;
    let first: [number, number] | null = null;
    for (let member = 0; member < members; member++) {
      let outcome: [number, number] | null = first !== null && random() < 0.5 ? first : null;
      if (outcome === null) {
        const expected = pick(random, prior);
        outcome = [expected, pick(random, answers(expected))];
      }
      first ??= outcome;
      const value = (label: number): Value => labels[label] ?? '';
      cases.push({
        family: `f${family}`,
        expected: { field: value(outcome[0]) },
        answers: [answer(outcome[1] < labels.length ? { field: value(outcome[1]) } : 'invalid')],
      });
    }
  }
  return cases;
}

/** The metric of the whole population. */
function truth({ field, prior, answers }: Design, metric: string): number {
  const scorer = singleLabelScorer(field);
  const values = new Float64Array(scorer.metrics.length);
  const cells = prior.flatMap((share, i) => answers(i).map((chance) => share * chance));
  scorer.measure(Float64Array.from(cells), values);
  return values[scorer.metrics.findIndex(({ name }) => name === metric)] ?? Number.NaN;
}

function coverage(design: Design, metrics: readonly string[], n: number, clustered: boolean) {
  const random = seededRandom(n + Number(clustered));
  const covered = new Map(metrics.map((metric) => [metric, 0]));
  for (let i = 0; i < SAMPLES; i++) {
    const cases = sample(design, n, clustered, random);
    const vectors = fieldVectors({ fields: { field: design.field } }, 'field', cases);
    const score = scoreField(vectors, [...cases.keys()], {
      resamples: RESAMPLES,
      seed: i,
      bootstrapped: (metric) => metrics.includes(metric),
    });
    for (const metric of metrics) {
      const { low, high } = score.metrics[metric]?.interval ?? { low: 1, high: -1 };
      const value = truth(design, metric);
      if (low <= value && value <= high) covered.set(metric, (covered.get(metric) ?? 0) + 1 / SAMPLES);
    }
  }
  return Object.fromEntries(covered);
}

/** Minutes, so not in every run: `TOUCHSTONE_SLOW=1 npx vitest run src/score/coverage.test.ts`. */
describe.runIf(process.env.TOUCHSTONE_SLOW)(
  'a 95% interval covers the true value in 93.5 to 96.5% of samples',
  () => {
    const samples = [100, 400].flatMap((n) => [false, true].map((clustered) => ({ n, clustered })));

    it.each(samples)(
      'accuracy and macro F1 of 7 classes, n = $n, clustered: $clustered',
      ({ n, clustered }) => {
        expectNear95(coverage(nominal, ['accuracy', 'macro_f1'], n, clustered));
      },
      600_000,
    );

    it.each(samples)(
      'accuracy and quadratic kappa of 5 levels, n = $n, clustered: $clustered',
      ({ n, clustered }) => {
        expectNear95(coverage(ordinal, ['accuracy', 'qwk'], n, clustered));
      },
      600_000,
    );
  },
);

function expectNear95(covered: Readonly<Record<string, number>>): void {
  for (const [metric, share] of Object.entries(covered)) {
    expect(share, `${metric}: ${share}`).toBeGreaterThanOrEqual(0.935);
    expect(share, `${metric}: ${share}`).toBeLessThanOrEqual(0.965);
  }
}
