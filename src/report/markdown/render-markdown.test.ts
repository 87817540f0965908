import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallJudgement } from '../../../test/small-judgement.ts';
import { renderMarkdown } from './render-markdown.ts';

const SNAPSHOT = '../../../test/data/markdown/report.md';
/** The elements that the report itself makes. */
const OWN_ELEMENTS = /<\/?(code|details|summary|span)>/g;

/** Text with the pieces that Markdown, HTML and GitHub give a meaning. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('|', '`', '```', '</details>', '<!--', '-->', '@octocat', '#1', 'GH-2', '\n\n# ', '\r'),
      fc.constantFrom(
        'https://a.example',
        'www.a.example',
        '![x](y)',
        '[a]: b',
        '$x$',
        ':tada:',
        '\u202e',
        '**',
      ),
      fc.constantFrom('deadbeefcafe1234', '~~~', '<script>', '&lt;', '\\', 'a@b.example', '\u0000', '\ud800'),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

function outsideFences(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
}

describe('the Markdown report', () => {
  it('of a small run reads like this, and the same the second time', async () => {
    const render = () => renderMarkdown([smallJudgement()], { withText: (id) => `1 user\nI am ${id}` });
    expect(render()).toBe(render());
    await expect(render()).toMatchFileSnapshot(SNAPSHOT);
  });

  it('says the verdict before anything else', () => {
    const [title, , first] = renderMarkdown([smallJudgement()], { withText: null }).split('\n');
    expect(title).toBe('## Touchstone: the gate is closed by 1 of 1');
    expect(first).toMatch(/^- \*\*closed\*\*: mood: regressed, /);
  });

  it('has no text of a conversation unless it is asked for', () => {
    const markdown = renderMarkdown([smallJudgement()], { withText: null });
    expect(markdown).not.toContain('Text of');
    expect(markdown).not.toContain('no JSON object');
  });

  it('leaves out the least important parts where there is no room, and says so', () => {
    const judged = [smallJudgement()];
    const withText = () => 'word '.repeat(500);
    const whole = renderMarkdown(judged, { withText });
    const cut = renderMarkdown(judged, { withText, maxCharacters: 4_000 });
    expect(whole.length).toBeGreaterThan(4_000);
    expect(cut.length).toBeLessThanOrEqual(4_000);
    expect(cut).toMatch(/_Left out to stay within 4,000 characters: .*texts of conversations\._/);
    expect(cut).toContain('### mood');
    expect(whole).not.toContain('Left out');
  });

  it('stays within 60,000 characters with many suites and long texts', () => {
    const judged = Array.from({ length: 300 }, () => smallJudgement());
    const markdown = renderMarkdown(judged, { withText: () => '`|<'.repeat(5_000) });
    expect(markdown.length).toBeLessThanOrEqual(60_000);
    expect(markdown).toMatch(/Left out to stay within 60,000 characters/);
    expect(markdown.match(/^- \*\*closed\*\*/gm)).toHaveLength(300);
  });

  it('refuses a limit that no report fits in', () => {
    expect(() => renderMarkdown([], { withText: null, maxCharacters: 999 })).toThrow(RangeError);
  });

  it('shows any text without letting it be markup, a cell, a mention, a link or a reference', () => {
    fc.assert(
      fc.property(
        hostile,
        hostile,
        hostile,
        fc.integer({ min: 1_000, max: 60_000 }),
        (id, label, path, max) => {
          const judged = [smallJudgement({ id, label, path, reason: label })];
          const markdown = renderMarkdown(judged, { withText: () => path, maxCharacters: max });
          expect(markdown.length).toBeLessThanOrEqual(max);
          const outside = outsideFences(markdown);
          expect(outside.replaceAll(OWN_ELEMENTS, '')).not.toMatch(/[<>]/);
          expect(markdown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
          expect(outside).not.toMatch(/@|:\/\/|www\.|`|!\[/);
          for (const element of ['code', 'details', 'summary']) {
            const count = (tag: string) => outside.split(tag).length;
            expect(count(`<${element}>`)).toBe(count(`</${element}>`));
          }
          for (const table of outside.matchAll(/(^\|.*\|$\n?)+/gm)) {
            const widths = table[0]
              .trim()
              .split('\n')
              .map((row) => row.split('|').length);
            expect(new Set(widths).size).toBe(1);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
