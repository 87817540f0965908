import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONCERN_WORDS } from './concern-words.ts';
import { embeddedSummary } from './embedded-summary.ts';
import { privacyProblems } from './privacy.ts';

const user = (content: string) => ({ role: 'user' as const, content });

describe('the summary of the offline model', () => {
  it('names what the person speaks of most', () => {
    const messages = [
      user("My boss's deadlines keep me awake, the job is too much"),
      { role: 'assistant' as const, content: 'Your marriage, your marriage, your marriage!' },
    ];
    expect(embeddedSummary(messages)).toBe('about work and sleep');
  });

  it('is nothing where the person names none of the matters', () => {
    expect(embeddedSummary([user('Übersetze mir das bitte.')])).toBeNull();
  });

  it('is made of the list alone and may be published, whatever is written', () => {
    const matters = new Set(Object.keys(CONCERN_WORDS));
    const word = fc.oneof(
      fc.constantFrom(...Object.values(CONCERN_WORDS).flat()),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const line = embeddedSummary([user(words.join(' '))]);
        if (line === null) return;
        const [about, first = '', and = 'and', second = first] = line.split(' ');
        expect([about, and]).toEqual(['about', 'and']);
        expect(matters.has(first) && matters.has(second)).toBe(true);
        expect(privacyProblems(line, new Map())).toEqual([]);
      }),
    );
  });
});
