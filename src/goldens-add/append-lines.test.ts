import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendLines } from './append-lines.ts';

describe('lines at the end of a file', () => {
  it.each([
    ['an empty one', '', '{"id":"b"}\n{"id":"c"}\n'],
    ['a spaced one', '{"id": "a"}\n', '{"id": "a"}\n{"id": "b"}\n{"id": "c"}\n'],
    ['one without a last line feed', '{"id":"a"}', '{"id":"a"}\n{"id":"b"}\n{"id":"c"}\n'],
    ['one with CR LF', '{"id":"a"}\r\n', '{"id":"a"}\r\n{"id":"b"}\r\n{"id":"c"}\r\n'],
  ])('are added to %s', (_, text, expected) => {
    expect(appendLines(text, [{ id: 'b' }, { id: 'c' }])).toBe(expected);
  });

  it('leave every byte before them and can all be read', () => {
    const lines = fc.array(fc.record({ id: fc.string({ unit: 'binary' }) }), { minLength: 1 });
    fc.assert(
      fc.property(lines, lines, fc.boolean(), (before, more, isEnded) => {
        const text = before.map((each) => JSON.stringify(each)).join('\n') + (isEnded ? '\n' : '');
        const after = appendLines(text, more);
        expect(after.startsWith(text)).toBe(true);
        expect(
          after
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line)),
        ).toEqual([...before, ...more]);
      }),
    );
  });
});
