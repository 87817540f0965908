import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitOfComment, isMarked, markComment } from './comment-marker.ts';

const commit = fc.string({ minLength: 40, maxLength: 40, unit: fc.constantFrom(...'0123456789abcdef') });

describe('the markers of a comment', () => {
  it('give back the commit, whatever text follows', () => {
    fc.assert(
      fc.property(commit, commit, fc.string(), (head, other, text) => {
        const body = markComment(head, `${text}<!-- touchstone:commit ${other} -->`);
        expect(isMarked(body)).toBe(true);
        expect(commitOfComment(body)).toBe(head);
        expect(commitOfComment(body.replaceAll('\n', '\r\n'))).toBe(head);
      }),
    );
  });

  it('count only at the beginning', () => {
    const body = markComment('a'.repeat(40), 'text');
    expect(isMarked(` ${body}`)).toBe(false);
    expect(commitOfComment(`hello\n${body}`)).toBeNull();
    expect(isMarked('<!-- touchstone:check --> and more')).toBe(false);
    expect(commitOfComment('<!-- touchstone:check -->\ntext')).toBeNull();
    expect(
      commitOfComment(`<!-- touchstone:check -->\n<!-- touchstone:commit ${'A'.repeat(40)} -->`),
    ).toBeNull();
  });
});
