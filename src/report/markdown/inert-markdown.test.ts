import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inertBlock, inertCode, inertText } from './inert-markdown.ts';

const APART = '\u200b';

describe('text that does nothing in Markdown', () => {
  it.each([
    ['a mention', '@octocat', `&#64;${APART}octocat`],
    ['an issue', 'see #12', `see &#35;${APART}12`],
    ['an issue by prefix', 'GH-12', `GH-${APART}12`],
    ['a commit', 'deadbeefcafe', `deadbe${APART}efcafe${APART}`],
    ['an address', 'https://a.example', `https:${APART}//a.example`],
    ['an address without a scheme', 'www.a.example', `www${APART}.a.example`],
    ['an emoji', ':tada:', `:${APART}tada:`],
    ['an element', '</details>', '&#60;/details&#62;'],
    ['a comment', '<!--', '&#60;&#33;--'],
    ['a cell', 'a|b', 'a&#124;b'],
    ['emphasis', '_a_ *b*', '&#95;a&#95; &#42;b&#42;'],
    ['an entity', '&lt;', '&#38;lt;'],
    ['a new line', 'a\n\n# b', 'a &#35; b'],
    ['a formula', '$x$', '<span>$</span>x<span>$</span>'],
    ['a turned text', 'a\u202eb', 'a&#92;u&#123;202e&#125;b'],
  ])('shows %s and is none', (_what, text, markdown) => {
    expect(inertText(text)).toBe(markdown);
  });

  it('leaves ordinary words and names alone', () => {
    expect(inertText('macro F1 of interpersonal_advice fell by 6.1 points (2.0 to 10.4)')).toBe(
      'macro F1 of interpersonal_advice fell by 6.1 points (2.0 to 10.4)',
    );
    expect(inertCode('c0002/opening')).toBe('<code>c0002/opening</code>');
  });

  it('is cut where it is too long, between whole characters', () => {
    expect(inertText('ab😀c', 3)).toBe('ab…');
    expect(inertBlock('abcdef', 2)).toBe('```text\nab\n… (4 more characters)\n```');
  });

  it('in a block never closes its fence', () => {
    const text = fc.array(fc.constantFrom('`', '```', '\n', 'a', '~~~', ' ')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (content) => {
        const [first = '', ...lines] = inertBlock(content, 1_000).split('\n');
        const fence = first.replace('text', '');
        expect(lines.at(-1)).toBe(fence);
        for (const line of lines.slice(0, -1)) expect(line).not.toContain(fence);
      }),
    );
  });
});
