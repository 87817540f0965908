import { describe, expect, it } from 'vitest';
import { cutLine, wrapLine } from './fit-line.ts';

describe('cutLine', () => {
  it('leaves what fits, and ends with an ellipsis where something is cut', () => {
    expect(cutLine('twelve chars', 12)).toBe('twelve chars');
    expect(cutLine('twelve chars', 9)).toBe('twelve c…');
  });
});

describe('wrapLine', () => {
  it('goes on within the margin, and further in where that is wanted', () => {
    expect(wrapLine('  one two three', 9)).toEqual(['  one two', '  three']);
    expect(wrapLine('one two three', 9, 2)).toEqual(['one two', '  three']);
  });

  it('marks every line of a quotation', () => {
    expect(wrapLine('> one two three', 9)).toEqual(['> one two', '> three']);
  });

  it('keeps an empty line', () => {
    expect(wrapLine('', 9)).toEqual(['']);
  });
});
