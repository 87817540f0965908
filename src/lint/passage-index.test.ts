import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PassageIndex } from './passage-index.ts';

const word = fc.stringMatching(/^[a-z]{1,6}$/);
const words = (minLength: number, maxLength = minLength + 20) => fc.array(word, { minLength, maxLength });

describe('the longest common passage', () => {
  it('is found wherever it stands, whatever the case and the signs between its words', () => {
    fc.assert(
      fc.property(words(0), words(6, 20), words(0), words(0), (before, passage, after, elsewhere) => {
        const index = new PassageIndex([...before, ...passage, ...after].join(' '));
        const other = [...elsewhere, ...passage.map((each) => each.toUpperCase())].join(' — ');
        const found = index.longestIn(other);
        expect(found?.words).toBeGreaterThanOrEqual(passage.length);
      }),
    );
  });

  it('reads the same in both texts', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }), (mixed) => {
        const text = mixed.join(' ');
        const found = new PassageIndex('b a c a b a a c b c a a b').longestIn(text);
        if (found === null) return;
        expect('b a c a b a a c b c a a b'.slice(found.from, found.to)).toBe(found.text);
        expect(text).toContain(found.text);
      }),
    );
  });

  it('has six words at least, and counts a character for half a word where there are no blanks', () => {
    const index = new PassageIndex('one two three four five six seven. 一二三四五六七八');
    expect(index.longestIn('two three four five six')).toBeNull();
    expect(index.longestIn('So: TWO three four, five six seven')).toMatchObject({
      words: 6,
      length: 6,
      from: 4,
    });
    expect(index.longestIn('九一二三四五六七八')).toMatchObject({ words: 8, length: 4 });
  });
});
