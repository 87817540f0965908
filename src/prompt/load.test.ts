import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { readPrompt } from './load.ts';

const SOUND = `---
max_tokens: 256
question: How does the person sound in the {window}?
---

You read conversations.

Answer in JSON.
`;
const WINDOWS = { windows: { opening: { take: 'first' as const, messages: 3 } } };

function read(text: string, task: Parameters<typeof readPrompt>[2] = WINDOWS) {
  return readPrompt(new TextEncoder().encode(text), 'prompts/mood.md', task);
}

function saidOf(text: string, task = WINDOWS as Parameters<typeof readPrompt>[2]): string {
  return new InputError(read(text, task).problems).message;
}

describe('a sound prompt', () => {
  it('gives its settings and its text without blank lines around it', () => {
    expect(read(SOUND)).toMatchObject({
      problems: [],
      prompt: {
        path: 'prompts/mood.md',
        system: 'You read conversations.\n\nAnswer in JSON.',
        settings: { max_tokens: 256, question: 'How does the person sound in the {window}?' },
      },
    });
  });

  it('is the same with CR LF and a byte order mark', () => {
    expect(read(`\ufeff${SOUND.replaceAll('\n', '\r\n')}`)).toEqual(read(SOUND));
  });

  it('may hold lines of dashes and braces in its text', () => {
    const text = `${SOUND}\n---\n{"label": {x}}\n---\n`;
    expect(read(text).prompt?.system).toContain('---\n{"label": {x}}\n---');
  });
});

describe('what is said of a faulty prompt', () => {
  it.each([
    [
      'no front matter',
      'You read.',
      ':1: the prompt has no front matter. Begin with a line ---, max_tokens and question, and another line ---.',
    ],
    [
      'front matter without an end',
      '---\nmax_tokens: 1\n',
      ':1: the prompt has no front matter. Begin with a line ---, max_tokens and question, and another line ---.',
    ],
    [
      'no text',
      SOUND.slice(0, SOUND.indexOf('You')),
      ':4: the prompt has no text. Write the system text below the front matter.',
    ],
    [
      'a wrong type',
      SOUND.replace('256', 'many'),
      ':2: max_tokens is text, not a whole number. Write a whole number.',
    ],
    [
      'a wrong name',
      SOUND.replace('max_tokens', 'max_token'),
      ':2: unknown property "max_token". Did you mean "max_tokens"? Use one of max_tokens, effort, question.',
    ],
    [
      'an unknown effort',
      SOUND.replace('question', 'effort: hihg\nquestion'),
      ':3: unknown effort "hihg". Did you mean "high"? Use one of low, medium, high, xhigh, max.',
    ],
    [
      'a YAML error',
      SOUND.replace('256', '[256'),
      ':3: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]. Correct the line or the one above it.',
    ],
    [
      'front matter that is no mapping',
      '---\nhello\n---\nYou read.',
      ':2: the value is text, not an object. Write an object.',
    ],
    [
      'an unknown placeholder',
      SOUND.replace('{window}', '{windw}'),
      ':3: unknown placeholder "{windw}" in question. Write {window}, or remove it.',
    ],
    [
      'doubled braces',
      SOUND.replace('{window}', '{{window}}'),
      ':3: unknown placeholder "{{window}}" in question. Write {window}, or remove it.',
    ],
  ])('%s', (_, text, said) => {
    expect(saidOf(text).split('\n')).toContain(`prompts/mood.md${said}`);
  });

  it('{window} in a task without windows', () => {
    expect(saidOf(SOUND, { windows: null })).toBe(
      'prompts/mood.md:3: unknown placeholder "{window}" in question. Remove it: the task has no windows.',
    );
  });

  it('a question of a hundred thousand braces', () => {
    const question = `question: ${JSON.stringify(`${'{'.repeat(100_000)} ${'{ '.repeat(50_000)}`)}`;
    expect(saidOf(`---\n${question}\n---\nText.\n`)).not.toMatch(/placeholder/);
  });

  it('bytes that are not UTF-8 are named by their line', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode(SOUND), 0xc3, 0x28]);
    expect(new InputError(readPrompt(bytes, 'prompts/mood.md', WINDOWS).problems).message).toBe(
      'prompts/mood.md:9: the line is not UTF-8. Save the file as UTF-8.',
    );
  });

  it('all mistakes are said at once', () => {
    const text = SOUND.slice(0, SOUND.indexOf('You')).replace('256', '0').replace('{window}', '{x}');
    expect(new InputError(read(text).problems).problems.map(({ line }) => line)).toEqual([2, 3, 4]);
  });
});

describe('readPrompt never throws', () => {
  it('for any bytes, and any text between the dashes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array(), (text, bytes) => {
        const framed = read(`---\n${text}\n---\nbody`);
        expect(framed.prompt === null).toBe(framed.problems.length > 0);
        expect(readPrompt(bytes, 'x.md', WINDOWS).prompt).toBeNull();
      }),
    );
  });
});
