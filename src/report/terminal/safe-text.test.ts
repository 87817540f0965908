import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeJson, safeText } from './safe-text.ts';

describe('text for a terminal', () => {
  it('keeps what people write, in any language', () => {
    const text = 'Grüße, 你好, 😀 family 👨‍👩‍👧\n\ttab';
    expect(safeText(text)).toBe(text);
  });

  it.each([
    ['an escape sequence', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a title change', '\u001b]0;owned\u0007', '\\u{1b}]0;owned\\u{7}'],
    ['a C1 control', '\u009b2J', '\\u{9b}2J'],
    ['a carriage return', 'safe\rforged', 'safe\\u{d}forged'],
    ['a bidirectional override', 'abc\u202edef', 'abc\\u{202e}def'],
    ['half a surrogate pair', 'a\ud800b', 'a\\u{d800}b'],
    ['NUL', 'a\0b', 'a\\u{0}b'],
  ])('shows %s instead of obeying it', (_what, text, shown) => {
    expect(safeText(text)).toBe(shown);
  });

  it('never lets a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safeText(text)).not.toMatch(
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
    );
  });
});

describe('JSON for a terminal', () => {
  it('reads as the same value, without a character that commands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = safeJson({ text });
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ text })));
        expect(json).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028]/);
      }),
    );
    expect(safeJson({ a: '\u009b\u202e' }, 2)).toBe('{\n  "a": "\\u009b\\u202e"\n}');
  });
});
