import { expect, it } from 'vitest';
import type { Bag } from './bag.ts';
import { joinReadings, readText } from './field-knowledge.ts';
import { labelScorer } from './label-scorer.ts';

const LABELS = ['kitchen', 'pitch'];
const DESCRIPTIONS = [readText('ovens dough spices'), readText('goals teams referees')];
const example = (text: string, answer: string) => ({ reading: readText(text), answer });
const messages = (...texts: string[]): readonly Bag[] =>
  joinReadings(texts.map((text) => readText(text))).messages;

it('prefers the label that messages are like, the earlier message first', () => {
  const score = labelScorer(LABELS, DESCRIPTIONS, []);
  const [kitchen = 0, pitch = 0] = score(messages('goals', 'dough'));
  expect(pitch).toBeGreaterThan(kitchen);
  const [often = 0, once = 0] = score(messages('goals', 'dough', 'spices', 'ovens'));
  expect(often).toBeGreaterThan(once);
});

it('takes from a label what it scores on the examples of others', () => {
  const chatty = [readText('ovens dough spices hello thanks'), readText('goals teams referees')];
  const shown = [example('hello thanks', 'pitch'), example('hello thanks dough', 'kitchen')];
  const score = labelScorer(LABELS, chatty, shown);
  const [kitchen = 0, pitch = 0] = score(messages('hello thanks goals'));
  expect(pitch).toBeGreaterThan(kitchen);
});

it('gives zeros to a conversation without known terms, whatever the examples', () => {
  const score = labelScorer(LABELS, DESCRIPTIONS, [example('dough', 'kitchen'), example('goals', 'pitch')]);
  expect(score(messages('rocket'))).toEqual([0, 0]);
  expect(score([])).toEqual([0, 0]);
});
