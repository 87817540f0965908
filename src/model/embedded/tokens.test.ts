import { expect, it } from 'vitest';
import { termsOf, tokens } from './tokens.ts';

it('splits text into words, numbers and emoji', () => {
  expect(tokens('Don’t STOP: 42 times… 🎉🎉 naïve-ish\ud800')).toEqual([
    "don't",
    'stop',
    '42',
    'times',
    '🎉',
    '🎉',
    'naïve',
    'ish',
  ]);
});

it.each([
  ['cooks', 'cooking'],
  ['cooked', 'cook'],
  ['planned', 'planning'],
  ['recipes', 'recipe'],
  ['baking', 'bake'],
  ['worries', 'worry'],
])('lets %s and %s meet in one term', (one, other) => {
  expect(termsOf(one)).toEqual(termsOf(other));
});

it('drops stop words but keeps negations', () => {
  expect(termsOf('the')).toEqual([]);
  expect(termsOf("can't")).toEqual(["can't"]);
});

it('pairs the characters of scripts without spaces', () => {
  expect(termsOf('足球比赛')).toEqual(['足球', '球比', '比赛']);
  expect(termsOf('茶')).toEqual(['茶']);
});
