import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestCentroid } from './nearest-centroid.ts';

const bag = (text: string) => new Map(text.split(' ').map((word) => [word, 1]));
const told = (text: string) => ({ description: [bag(text)], examples: [] });

it('gives the cosine of a text and a description', () => {
  const similarity = nearestCentroid([told('soup pan'), told('ball')]);
  // Both words are in one of two documents, so they weigh the same: 1 / (√2 × 1).
  expect(similarity(bag('soup'))).toEqual([expect.closeTo(Math.SQRT1_2), 0]);
});

it('adds the mean of the examples at half the weight of the description', () => {
  const similarity = nearestCentroid([{ description: [bag('soup')], examples: [bag('pan')] }, told('ball')]);
  expect(similarity(bag('pan'))[0]).toBeCloseTo(0.5 / Math.sqrt(1.25));
  expect(similarity(bag('soup'))[0]).toBeCloseTo(1 / Math.sqrt(1.25));
});

it('gives zeros to a text of unknown terms, to an empty one and to a class without texts', () => {
  const similarity = nearestCentroid([told('soup pan'), told('ball'), { description: [], examples: [] }]);
  expect(similarity(bag('rocket'))).toEqual([0, 0, 0]);
  expect(similarity(new Map())).toEqual([0, 0, 0]);
  expect(similarity(bag('soup ball'))[2]).toBe(0);
});

it('lets a word count for less among others that no class knows, and for nothing where every class has it', () => {
  const similarity = nearestCentroid([told('soup day'), told('ball day')]);
  const [alone = 0] = similarity(bag('soup'));
  const [among = 0] = similarity(bag('soup one two three'));
  expect(among).toBeGreaterThan(0);
  expect(among).toBeLessThan(alone / 2);
  expect(similarity(bag('day'))).toEqual([0, 0]);
});

it('stays between 0 and 1 and exchanges its values when two classes are exchanged', () => {
  const words = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
    .map((list) => bag(list.join(' ')));
  const texts = fc.record({
    description: fc.array(words, { maxLength: 2 }),
    examples: fc.array(words, { maxLength: 2 }),
  });
  fc.assert(
    fc.property(texts, texts, words, (one, two, text) => {
      const straight = nearestCentroid([one, two])(text);
      const exchanged = nearestCentroid([two, one])(text);
      for (const value of straight) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-9);
      }
      expect(exchanged[0]).toBeCloseTo(straight[1] ?? Number.NaN, 10);
      expect(exchanged[1]).toBeCloseTo(straight[0] ?? Number.NaN, 10);
    }),
  );
});
