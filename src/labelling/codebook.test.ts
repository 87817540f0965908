import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codebookFor, readBlocks } from './codebook.ts';
import { codebookMarkup } from './codebook-markup.ts';

const shipped = readBlocks(readFileSync('goldens/CODEBOOK.md', 'utf8'));
const others = ['affective', 'pushback', 'sentiment'];

function headings(task: string): string[] {
  return codebookFor(
    shipped,
    task,
    others.filter((name) => name !== task),
  ).flatMap((block) =>
    block.kind === 'heading' && block.level === 2 ? [block.spans.map(({ text }) => text).join('')] : [],
  );
}

describe('a codebook', () => {
  it('is read as headings, paragraphs, lists, tables and code', () => {
    const text =
      '# T\n\na *b* `c`\nd\n\n- one\n  more\n- **two**\n\n| x | y |\n| - | - |\n| 1 | 2 |\n\n```\n<b>\n```\n3. z';
    expect(codebookMarkup(readBlocks(text)).markup).toBe(
      [
        '<p dir="auto">a <em>b</em> <code>c</code> d</p>',
        '<ul><li>one more</li><li><strong>two</strong></li></ul>',
        '<table><thead><tr><th scope="col">x</th><th scope="col">y</th></tr></thead>',
        '<tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
        '<pre>&lt;b&gt;</pre>',
        '<ol><li>z</li></ol>',
      ].join(''),
    );
  });

  it('gives each task its own sections and what comes before all of them', () => {
    expect(headings('sentiment')).toEqual([
      '0. The conversation',
      '3. Sentiment: how does the person sound?',
    ]);
    expect(headings('pushback')).toEqual(['0. The conversation', '2. Pushback: does the assistant resist?']);
    expect(headings('colour')).toHaveLength(5);
  });

  it('never becomes more than text, and loses no word, whatever stands in it', () => {
    const part = fc.constantFrom('<b>', '`', '*', '**', '|', '---', '# ', '\n', 'Q', ' ', '- ', '1. ', '&');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        const blocks = readBlocks(text);
        expect(codebookMarkup(blocks).markup).not.toMatch(/<b>|&(?!amp;|lt;|gt;)/);
        // What follows a fence on its line names a language.
        if (text.includes('```')) return;
        expect(JSON.stringify(blocks).split('Q')).toHaveLength(text.split('Q').length);
      }),
    );
  });
});
