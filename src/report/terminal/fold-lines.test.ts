import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsIn, foldLines } from './fold-lines.ts';

const chalk = new Chalk({ level: 3 });

const word = fc.oneof(
  fc.stringMatching(/^[a-z0-9:;,.|=-]{1,12}$/),
  fc.constantFrom('naïve', '会话', '👩‍💻', '.touchstone/runs/20260101T000000000Z-color.json', '...'),
);
const styled = fc
  .tuple(word, fc.constantFrom(chalk.bold, chalk.dim, chalk.hex('#d98324').bold, String))
  .map(([text, style]) => style(text));
const line = fc
  .tuple(fc.nat(8), fc.array(fc.tuple(styled, fc.integer({ min: 1, max: 4 })), { maxLength: 30 }))
  .map(
    ([margin, words]) =>
      `${' '.repeat(margin)}${words.map(([text, gap]) => text + ' '.repeat(gap)).join('')}`,
  );
const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'));

const wordsOf = (shown: string) => stripVTControlCharacters(shown).normalize().split(/\s+/).filter(Boolean);

describe('text folded for a narrow terminal', () => {
  it('has no line longer than the columns unless that is one word, and differs in white space alone', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 120 }), (whole, columns) => {
        const folded = foldLines(whole, columns);
        expect(wordsOf(folded)).toEqual(wordsOf(whole));
        for (const each of folded.split('\n')) {
          const fits = fitsIn(each, columns);
          const isWord = wordsOf(each).length === 1 && /^\S/.test(stripVTControlCharacters(each));
          expect(fits || isWord || each.startsWith('|') || each.startsWith('::')).toBe(true);
        }
      }),
    );
  });

  it('leaves lines that fit as they are, to the byte', () => {
    fc.assert(
      fc.property(text, (whole) => {
        const fitting = whole
          .split('\n')
          .filter((each) => fitsIn(each, 80))
          .join('\n');
        expect(foldLines(fitting, 80)).toBe(fitting);
      }),
    );
  });

  it('goes on a little further in than the line began', () => {
    expect(foldLines('  no baseline yet: touchstone accept color\nshort', 30)).toBe(
      '  no baseline yet:\n     touchstone accept color\nshort',
    );
  });

  it('keeps a path whole, with less of a margin where it fits without', () => {
    const path = '.touchstone/runs/a-color.json';
    expect(foldLines(`  run record: ${path}`, 30)).toBe(`  run record:\n ${path}`);
  });

  it('leaves alone what a program reads by the line', () => {
    const lines = '| a cell of Markdown | and another one |\n::error file=a.md::a finding that is long';
    expect(foldLines(lines, 20)).toBe(lines);
  });
});
