import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MinHash } from './min-hash.ts';
import { NearDuplicates } from './near-duplicates.ts';
import { containment, jaccard } from './resemblance.ts';
import { shinglesOf } from './shingles.ts';

const words = fc.array(fc.stringMatching(/^[a-z]{3,7}$/), { minLength: 40, maxLength: 80 });

/** Two sets of which the first shares so many of its members with the second. */
function setsWith(common: number, own: number): [Uint32Array, Uint32Array] {
  const hash = (index: number) => Math.imul(index + 1, 0x9e3779b1) >>> 0;
  const set = (from: number) =>
    Uint32Array.from({ length: common + own }, (_, at) => hash(at < common ? at : from + at)).sort();
  return [set(10_000), set(20_000)];
}

describe('shingles', () => {
  it('are the same whatever the case, the punctuation, the white space and the width of letters', () => {
    expect(shinglesOf('Thank you,  that HELPED me\nａ lot!')).toEqual(
      shinglesOf('thank you that helped me a lot'),
    );
  });

  it('are ascending and without repeats', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const shingles = [...shinglesOf(text)];
        expect(shingles).toEqual([...new Set(shingles)].sort((a, b) => a - b));
      }),
    );
  });

  it('tell texts apart that are written without blanks', () => {
    const said = '我今天和姐姐吵架了，因为她又把我的车借给别人了。';
    const other = '我今天和哥哥吵架了，因为他又把我的书借给同事了。';
    expect(shinglesOf(said).length).toBeGreaterThan(15);
    expect(jaccard(shinglesOf(said), shinglesOf(other))).toBeLessThan(0.7);
    expect(containment(shinglesOf('因为她又把我的车借给别人了'), shinglesOf(said))).toBe(1);
  });

  it('keep texts of signs apart, and give an empty text none', () => {
    expect(jaccard(shinglesOf('👍'), shinglesOf('👍'))).toBe(1);
    expect(jaccard(shinglesOf('👍'), shinglesOf('👎'))).toBe(0);
    expect(shinglesOf(' \n').length).toBe(0);
  });
});

describe('MinHash', () => {
  it('estimates the Jaccard similarity within four standard errors', () => {
    const permutations = 1024;
    const minHash = new MinHash(permutations);
    for (const [common, own] of [
      [100, 0],
      [180, 20],
      [150, 50],
      [100, 100],
      [0, 200],
    ] as const) {
      const [a, b] = setsWith(common, own);
      const [signatureA, signatureB] = [minHash.signature(a), minHash.signature(b)];
      const equal = signatureA.filter((value, place) => value === signatureB[place]).length / permutations;
      const truth = jaccard(a, b);
      const error = Math.sqrt((truth * (1 - truth)) / permutations);
      expect(Math.abs(equal - truth)).toBeLessThanOrEqual(4 * error);
    }
  });
});

describe('near-duplicates', () => {
  it('always finds an identical text, however short and however it is spaced', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 8 }),
        (texts) => {
          const known = new NearDuplicates();
          for (const [index, text] of texts.entries()) known.add(String(index), text);
          for (const [index, text] of texts.entries())
            expect(known.of(`  ${text}\n`)).toContainEqual({
              key: String(index),
              similarity: 1,
              isIdentical: true,
            });
        },
      ),
    );
  });

  it('finds a text of which one word was changed, and gives the exact similarity', () => {
    fc.assert(
      fc.property(words, fc.nat(), (text, place) => {
        const changed = text.with(place % text.length, 'zzzzzzzzz').join(' ');
        const known = new NearDuplicates();
        known.add('a', text.join(' '));
        const similarity = jaccard(shinglesOf(changed), shinglesOf(text.join(' ')));
        fc.pre(similarity >= 0.85);
        expect(known.of(changed)).toEqual([{ key: 'a', similarity, isIdentical: false }]);
      }),
    );
  });

  it('gives the same pairs in whatever order texts are added', () => {
    fc.assert(
      fc.property(words, fc.array(fc.nat(79), { minLength: 1, maxLength: 6 }), (text, places) => {
        const texts = [text, ...places.map((place) => text.with(place % text.length, `changed${place}`))];
        const pairsOf = (order: readonly number[]) => {
          const known = new NearDuplicates();
          return order
            .flatMap((index) => {
              const key = String(index);
              return known.addAndFind(key, (texts[index] ?? []).join(' ')).map((found) => {
                return `${[key, found.key].sort().join(' ')} ${found.similarity}`;
              });
            })
            .sort();
        };
        const order = texts.map((_, index) => index);
        expect(pairsOf(order.toReversed())).toEqual(pairsOf(order));
      }),
    );
  });

  it('does not call short texts alike that differ in a word, nor long ones that share half', () => {
    const known = new NearDuplicates();
    known.add('thanks', 'thanks a lot for all of that');
    const half = Array.from({ length: 60 }, (_, index) => `word${index}`);
    known.add('half', half.join(' '));
    expect(known.of('thanks a lot for all of this')).toEqual([]);
    expect(known.of([...half.slice(30), ...half.slice(0, 30).map((word) => `${word}x`)].join(' '))).toEqual(
      [],
    );
  });

  it('gives no more than the limit, identical ones first', () => {
    const known = new NearDuplicates({ limit: 3 });
    const text = Array.from({ length: 60 }, (_, index) => `word${index}`);
    for (let index = 0; index < 9; index += 1)
      known.add(`near${index}`, text.with(30, `other${index}`).join(' '));
    known.add('same', text.join(' '));
    const found = known.of(text.join(' '));
    expect(found.map(({ key }) => key)[0]).toBe('same');
    expect(found).toHaveLength(3);
  });
});
