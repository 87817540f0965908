import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer, madeRun } from '../../test/oracles/made-run.ts';
import type { Field } from '../schema/field.ts';
import { seededRandom } from '../statistics/random.ts';
import { answerModel } from './answer-model.ts';
import { brokenShares } from './expected-loss.ts';
import { simulateChange } from './simulate-change.ts';

const LEVELS: Record<string, Field> = {
  mood: { kind: 'ordinal', levels: { low: -1, middle: 0, high: 1 } },
};
const MOODS = ['low', 'middle', 'high'];

/** 120 cases, three of a family; every fourth is answered one level off. */
function moodModel({ headline = 'mood.accuracy', repeats = 1 } = {}) {
  const run = madeRun(
    LEVELS,
    Array.from({ length: 120 }, (_, i) => {
      const given = answer({ mood: MOODS[(i + Number(i % 4 === 0)) % 3] ?? 'low' });
      return {
        expected: { mood: MOODS[i % 3] ?? 'low' },
        family: `f${Math.floor(i / 3)}`,
        answers: Array.from({ length: repeats }, () => given),
      };
    }),
  );
  return answerModel({ ...run, suite: { ...run.suite, headline } });
}

function changes(model: ReturnType<typeof moodModel>, noise: number, brokenShare: number, n = 2_000) {
  const random = seededRandom(7);
  return Array.from({ length: n }, () => simulateChange(model, { noise, brokenShare }, random));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const standardError = (values: readonly number[]) =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)) / values.length);

describe('a change that changes nothing', () => {
  const model = moodModel();
  const drawn = changes(model, 0.1, 0);
  const gains = drawn.map(({ baseline, candidate }) => candidate - baseline);

  it('makes neither run better: gains and losses are as likely and as large', () => {
    expect(Math.abs(mean(gains))).toBeLessThan(3 * standardError(gains));
    const up = gains.filter((gain) => gain > 1e-9).length;
    const down = gains.filter((gain) => gain < -1e-9).length;
    expect(Math.abs(up - down)).toBeLessThan(3 * Math.sqrt(up + down));
    expect(up).toBeGreaterThan(500);
  });

  it('answers as many cases otherwise in either run as the noise says', () => {
    const otherwise = (side: 'before' | 'now') =>
      mean(
        drawn.map(({ pairs }) =>
          mean(pairs.map((pair, i) => Number(pair[side].answers[0] !== model.cases[i]?.usual.answer))),
        ),
      );
    expect(otherwise('before')).toBeCloseTo(0.1, 2);
    expect(otherwise('now')).toBeCloseTo(0.1, 2);
  });

  it('changes no answer where there is no noise', () => {
    for (const { pairs } of changes(model, 0, 0, 3))
      for (const { before, now } of pairs) expect(now.answers).toEqual(before.answers);
  });
});

describe('a change that costs something', () => {
  it.each([
    ['mood.accuracy', 0.02, 0.05],
    ['mood.accuracy', 0.1, 0.1],
    ['mood.recall.low', 0.1, 0.05],
    ['mood.mae', 0.1, 0.05],
  ])('lowers %s on average by the %f asked for, noise or not', (headline, loss, noise) => {
    const model = moodModel({ headline });
    const share = brokenShares(model, noise)(loss);
    expect(share).not.toBeNull();
    const losses = changes(model, noise, share ?? 0).map(({ baseline, candidate }) =>
      model.better === 'higher' ? baseline - candidate : candidate - baseline,
    );
    expect(Math.abs(mean(losses) - loss)).toBeLessThan(3 * standardError(losses));
    expect(standardError(losses)).toBeLessThan(0.003);
  });

  it('breaks whole families: all of their right answers, and none of another', () => {
    const model = moodModel();
    for (const { pairs } of changes(model, 0, 0.3, 50)) {
      const fates = new Map<string, Set<boolean>>();
      for (const [i, { now }] of pairs.entries()) {
        if (model.cases[i]?.usual.right !== true) continue;
        const isBroken = now.answers[0] !== model.cases[i]?.usual.answer;
        fates.set(now.family, (fates.get(now.family) ?? new Set()).add(isBroken));
      }
      expect([...fates.values()].every((fate) => fate.size === 1)).toBe(true);
      expect([...fates.values()].some((fate) => fate.has(true))).toBe(true);
    }
  });

  it('cannot cost more than there is to lose', () => {
    const lossOf = brokenShares(moodModel(), 0);
    expect(lossOf(0.75)).toBeCloseTo(1, 9);
    expect(lossOf(0.76)).toBeNull();
    expect(lossOf(0.075)).toBeCloseTo(0.1, 9);
  });
});

describe('a simulated change', () => {
  it('is the same for the same seed and another for another', () => {
    const model = moodModel();
    const drawn = (seed: number) =>
      simulateChange(model, { noise: 0.2, brokenShare: 0.1 }, seededRandom(seed));
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(drawn(seed)).toEqual(drawn(seed));
      }),
      {
        numRuns: 20,
      },
    );
    expect(drawn(1)).not.toEqual(drawn(2));
  });

  it('keeps cases, families, expected labels and repeats, and never asks the same request', () => {
    const model = moodModel({ repeats: 3 });
    const [change] = changes(model, 0.2, 0.2, 1);
    expect(change?.pairs).toHaveLength(120);
    for (const [i, { before, now }] of (change?.pairs ?? []).entries()) {
      const { answers: _answers, request: _request, ...kept } = model.cases[i]?.record ?? {};
      expect(before).toMatchObject(kept);
      expect(now).toMatchObject(kept);
      expect([before.answers.length, now.answers.length]).toEqual([3, 3]);
      expect(now.request).not.toBe(before.request);
    }
  });
});
