import { expect, it } from 'vitest';
import { tokens } from './tokens.ts';
import { valenceOf } from './valence.ts';

const mean = (text: string) => valenceOf(tokens(text)).mean;

it('is the mean over the words with valence and one neutral word', () => {
  expect(valenceOf(tokens('a happy table'))).toEqual({ mean: 3 / 2, words: 1 });
  expect(valenceOf(tokens('happy happy'))).toEqual({ mean: 6 / 3, words: 2 });
});

it('is zero for text that carries none, inherited names of objects included', () => {
  expect(valenceOf(tokens('constructor of the table'))).toEqual({ mean: 0, words: 0 });
  expect(valenceOf([])).toEqual({ mean: 0, words: 0 });
});

it('turns with a negation and grows with an intensifier', () => {
  expect(mean('not happy')).toBeCloseTo((-0.74 * 3) / 2);
  expect(mean('I am not at all happy')).toBeLessThan(0);
  expect(mean('very happy')).toBeCloseTo((3 + 0.293) / 2);
  expect(mean('slightly sad')).toBeGreaterThan(mean('sad'));
});

it('reads emoji', () => {
  expect(mean('😢')).toBeLessThan(0);
  expect(mean('☹️')).toBeLessThan(0);
  expect(mean('❤️')).toBeGreaterThan(0);
});
