import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../check/check-outcome.ts';
import { checkAnnotations, checkOutput } from './check-output.ts';

const outcome: CheckOutcome = {
  commit: 'a'.repeat(40),
  conclusion: 'failure',
  title: 'Accuracy of label fell',
  summary: 'worse',
  annotations: [{ level: 'error', file: 'prompts/a.md', line: null, title: 'Worse', message: 'c1 broke' }],
};

describe("a check run's output", () => {
  it('shows what concerns a whole file at its first line', () => {
    expect(checkAnnotations(outcome)).toEqual([
      {
        path: 'prompts/a.md',
        start_line: 1,
        end_line: 1,
        annotation_level: 'failure',
        message: 'c1 broke',
        title: 'Worse',
      },
    ]);
  });

  it('says nothing twice and needs no title', () => {
    const [first] = outcome.annotations;
    if (first === undefined) throw new Error('no annotation');
    const untitled = { ...first, title: '', level: 'notice' as const, line: 3 };
    const annotations = checkAnnotations({ ...outcome, annotations: [first, untitled, { ...first }] });
    expect(annotations.map(({ annotation_level }) => annotation_level)).toEqual(['failure', 'notice']);
    expect(annotations[1]).not.toHaveProperty('title');
  });

  it("stays within GitHub's limits in any script, without half a character", () => {
    const long = fc
      .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 40_000 }))
      .map(([text, times]) => text.repeat(times));
    fc.assert(
      fc.property(long, (text) => {
        const { title, summary } = checkOutput({ ...outcome, title: text, summary: text });
        expect([...title].length).toBeLessThanOrEqual(255);
        expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
        expect(title.isWellFormed() && summary.isWellFormed()).toBe(true);
        expect(text.startsWith(summary.replace(/…$/, ''))).toBe(true);
        expect(summary.endsWith('…') || summary === text).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
