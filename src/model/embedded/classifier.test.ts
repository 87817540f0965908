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

describe('fields that depend on each other', () => {
  const REPAIR = answerSchema({
    fields: {
      broken: { kind: 'binary' },
      part: { kind: 'nominal', labels: ['engine', 'tyre'], only_where: 'broken' },
    },
  });
  const system = `## Field \`broken\`: judged from the assistant's messages

- \`true\`: the assistant finds a defect: leaking, cracked, worn, must be replaced.
- \`false\`: the assistant finds everything in order: fine, healthy, drive on.

## Field \`part\`: judged from what the assistant finds

| label | meaning |
| --- | --- |
| \`engine\` | pistons, oil, cylinders |
| \`tyre\` | rubber, tread, pressure |
`;
  const BAKING: Message[] = [{ role: 'user', content: 'How hot must the oven be for baking this dough?' }];
  const SPORT: Message[] = [
    { role: 'user', content: 'Our team scored goals until the referee stopped the match.' },
  ];
  const finding = (content: string): Message[] => [
    { role: 'user', content: 'Is it cracked and leaking oil?' },
    { role: 'assistant', content },
  ];

  it('give a reason where the boolean is true and null where it is false', () => {
    expect(ask(system, REPAIR, finding('The tread is worn and the rubber cracked.'))).toEqual({
      broken: true,
      part: 'tyre',
    });
    expect(ask(system, REPAIR, finding('Leaking oil: a cylinder must be replaced.'))).toEqual({
      broken: true,
      part: 'engine',
    });
    expect(ask(system, REPAIR, finding('All fine and healthy, drive on.'))).toEqual({
      broken: false,
      part: null,
    });
  });

  it('exchange true and false when their descriptions are exchanged', () => {
    const exchanged = system.replace('`true`', '`x`').replace('`false`', '`true`').replace('`x`', '`false`');
    expect(ask(exchanged, REPAIR, finding('All fine and healthy, drive on.')).broken).toBe(true);
    expect(ask(exchanged, REPAIR, finding('Leaking, cracked, worn.')).broken).toBe(false);
  });

  it('take the cutoff from examples where only true is described', () => {
    const shown = (text: string, broken: boolean) =>
      `<example><message number="1" role="assistant">${text}</message><answer>{"broken": ${broken}, "part": null}</answer></example>`;
    const prompt = `\`broken\`: true when the assistant reports a defect such as a leak or a crack.
${shown('There is a leak in the hose.', true)}${shown('A crack runs along the frame.', true)}
${shown('The hose looks good.', false)}${shown('Nothing to report about the frame.', false)}`;
    expect(ask(prompt, REPAIR, finding('I see a crack and a leak.')).broken).toBe(true);
    expect(ask(prompt, REPAIR, finding('The bonnet looks good, nothing about it.')).broken).toBe(false);
  });

  it('keep a set in step with the label that every example puts into it', () => {
    const schema = answerSchema({
      fields: {
        main: { kind: 'nominal', labels: ['kitchen', 'pitch', 'none'] },
        all: { kind: 'set', labels: ['kitchen', 'pitch'] },
      },
    });
    const prompt = `- \`kitchen\`: baking dough in an oven, recipes, spices\n- \`pitch\`: teams, goals, referees, a match\n- \`none\`: weather, rain, snow
<example><message role="user">My sourdough will not rise.</message><answer>{"main": "kitchen", "all": ["kitchen"]}</answer></example>
<example><message role="user">Will it rain?</message><answer>{"main": "none", "all": []}</answer></example>`;
    expect(ask(prompt, schema, SPORT)).toEqual({ main: 'pitch', all: ['pitch'] });
    expect(ask(prompt, schema, [{ role: 'user', content: 'snow and rain in this weather' }])).toEqual({
      main: 'none',
      all: [],
    });
    const both = ask(prompt, schema, [...BAKING, ...SPORT]);
    expect(both.all).toEqual(['kitchen', 'pitch']);
  });
});
