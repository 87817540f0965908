import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exampleSpans } from './example-spans.ts';
import { markdownBlocks } from './markdown-blocks.ts';

const WHOLE = /<example\b[^>]*>([\s\S]*?)<\/example>/gi;

it('finds what a pattern for the whole element finds', () => {
  const piece = fc.constantFrom(
    '<example',
    '<Example>',
    '</example>',
    ' id="1"',
    '>',
    'a',
    '<examples>',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('');
      const found = exampleSpans(text);
      expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(
        [...text.matchAll(WHOLE)].map(([whole]) => whole),
      );
      expect(found.map(({ bodyStart, bodyEnd }) => text.slice(bodyStart, bodyEnd))).toEqual(
        [...text.matchAll(WHOLE)].map(([, body]) => body),
      );
    }),
  );
});

it('and the reader of blocks get through what is made to hold them up', () => {
  expect(exampleSpans('<example>'.repeat(100_000))).toEqual([]);
  expect(exampleSpans('<example '.repeat(100_000))).toEqual([]);
  const heading = `# a${' '.repeat(100_000)}b${'#'.repeat(100_000)}c`;
  expect(markdownBlocks(heading, () => false)).toHaveLength(1);
});
