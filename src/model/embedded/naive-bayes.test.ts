import fc from 'fast-check';
import { expect, it } from 'vitest';
import { naiveBayes } from './naive-bayes.ts';

const bag = (text: string) => new Map(text.split(' ').map((word) => [word, 1]));

it('scores the log likelihood ratio of a text against the background, per known term', () => {
  const { score } = naiveBayes([[bag('soup')], [bag('ball')]]);
  // One document of mass 1 each: prior mass 1, background 1/2, so log((1 + ½) / (1 + 1) / ½).
  expect(score(bag('soup'))).toEqual([expect.closeTo(Math.log(1.5)), expect.closeTo(Math.log(0.5))]);
});

it('gives zeros to a text of unknown terms and to a class of which nothing is known', () => {
  const { score } = naiveBayes([[bag('soup pan')], [bag('ball')], []]);
  expect(score(bag('rocket'))).toEqual([0, 0, 0]);
  expect(score(bag('soup ball'))[2]).toBe(0);
});

it('does not favour a class for the length of what is said of it', () => {
  const long = Array.from({ length: 200 }, (_, index) => `word${index}`).join(' ');
  const [short = 0, longer = 0] = naiveBayes([[bag('soup pan')], [bag(long)]]).score(bag('soup word1'));
  expect(short).toBeGreaterThan(longer);
});

it('exchanges scores when two classes are exchanged', () => {
  const words = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
    .map((list) => bag(list.join(' ')));
  fc.assert(
    fc.property(words, words, words, (one, two, text) => {
      const straight = naiveBayes([[one], [two]]).score(text);
      const exchanged = naiveBayes([[two], [one]]).score(text);
      expect(exchanged[0]).toBeCloseTo(straight[1] ?? Number.NaN, 10);
      expect(exchanged[1]).toBeCloseTo(straight[0] ?? Number.NaN, 10);
    }),
  );
});
