import { describe, expect, it } from 'vitest';
import { answerSchema } from '../../task/answer-schema.ts';
import type { AnswerSchema } from '../model.ts';
import { classifierOf } from './classifier.ts';
import { readRubric } from './rubric.ts';

interface Message {
  role: string;
  content: string;
}

function ask(system: string, schema: AnswerSchema, messages: readonly Message[]): Record<string, unknown> {
  const turns = messages.map(({ role, content }) => ({ role, text: content, windowed: false }));
  return classifierOf(readRubric(system, schema))(turns);
}

describe('an ordered field', () => {
  const MOOD = answerSchema({
    fields: { mood: { kind: 'ordinal', levels: { low: -1, level: 0, high: 1 } } },
  });
  const told: Record<string, string> = {
    low: 'sad, angry, worried, hopeless, awful',
    level: 'calm facts and plain questions',
    high: 'happy, delighted, grateful, wonderful',
  };
  const prompt = (like: Record<string, string>) =>
    Object.entries(like)
      .map(([label, other]) => `- **${label}** (1): ${told[other]}`)
      .join('\n');
  const texts = [
    'I feel terrible and miserable',
    'What is the capital of Peru?',
    'This is fantastic, I love it!',
  ];
  const moods = (system: string) =>
    texts.map((content) => ask(system, MOOD, [{ role: 'user', content }]).mood);

  it('goes by valence, words that the prompt does not have included', () => {
    expect(moods(prompt({ low: 'low', level: 'level', high: 'high' }))).toEqual(['low', 'level', 'high']);
  });

  it('takes the direction of the scale from the descriptions, not from names or order', () => {
    expect(moods(prompt({ low: 'high', level: 'level', high: 'low' }))).toEqual(['high', 'level', 'low']);
    expect(moods(prompt({ low: 'level', level: 'low', high: 'high' }))).toEqual(['level', 'low', 'high']);
  });

  it('never finds a level whose description is gone', () => {
    expect(moods(prompt({ level: 'level', high: 'high' }))).toEqual(['level', 'level', 'high']);
  });

  it('gives the middle level when the rubric is blank', () => {
    expect(moods('')).toEqual(['level', 'level', 'level']);
  });

  it('goes by words on a scale that has nothing to do with valence', () => {
    const system =
      '- `low`: dishes boil in water\n- `level`: dishes fry in oil\n- `high`: dishes bake in ovens';
    expect(ask(system, MOOD, [{ role: 'user', content: 'Cakes baking in the oven' }]).mood).toBe('high');
    expect(ask(system, MOOD, [{ role: 'user', content: 'Rice boiled in salted water' }]).mood).toBe('low');
  });
});
