import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textParts } from './text-parts.ts';

const shown = (text: string) =>
  textParts(text)
    .map((part) => part.text)
    .join('');

describe('text that is shown', () => {
  it('is left as it is where nothing in it steers', () => {
    const plain = 'Grüße\n\t«नमस्ते» 👩‍👩‍👧 می‌خواهم {{7*7}} <b>';
    expect(textParts(plain)).toEqual([{ text: plain, control: false }]);
  });

  it('names controls, overrides, invisible characters and lone surrogates', () => {
    expect(shown('a\u202eb')).toBe('a⟨U+202E⟩b');
    expect(shown('\u0000\u001b[31m')).toBe('⟨U+0000⟩⟨U+001B⟩[31m');
    expect(shown('\ud800x\udc00')).toBe('⟨U+D800⟩x⟨U+DC00⟩');
    expect(shown('\u{e0041}\u2028\ufeff')).toBe('⟨U+E0041⟩⟨U+2028⟩⟨U+FEFF⟩');
    expect(textParts('a\u202eb').map(({ control }) => control)).toEqual([false, true, false]);
  });

  it('keeps line breaks of every system, and spells out a lone carriage return', () => {
    expect(shown('a\r\nb\nc\rd')).toBe('a\nb\nc⟨U+000D⟩d');
  });

  it('steers nothing, whatever was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(shown(text)).not.toMatch(
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
        expect(shown(text).isWellFormed()).toBe(true);
      }),
    );
  });
});
