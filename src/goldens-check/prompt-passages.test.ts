import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPassages } from './prompt-passages.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'touchstone-passages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the passages of a prompt', () => {
  it('begin at paragraphs, list items and tags, and say on which line', () => {
    const file = path.join(folder, 'prompt.md');
    const text = [
      'You label',
      'what people want.',
      '',
      '- one thing',
      '  and its rest',
      '1. another',
      '<example>',
      '<message role="user">May I',
      'come in?</message>',
      '<message role="assistant">Yes.</message>',
      '</example>',
      'a < b',
    ].join('\n');
    writeFileSync(file, text);
    const { passages, problems } = readPassages(file, 'prompt.md');
    expect(problems).toEqual([]);
    expect(passages).toEqual([
      { where: 'prompt.md:1', text: 'You label\nwhat people want.' },
      { where: 'prompt.md:4', text: '- one thing\n  and its rest' },
      { where: 'prompt.md:6', text: '1. another' },
      { where: 'prompt.md:7', text: '<example>' },
      { where: 'prompt.md:8', text: '<message role="user">May I\ncome in?</message>' },
      {
        where: 'prompt.md:10',
        text: '<message role="assistant">Yes.</message>\n</example>\na < b',
      },
      { where: 'prompt.md', text },
    ]);
  });
});
