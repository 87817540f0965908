import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ignoredStateAddition } from './ignored-state.ts';

describe('the line of .gitignore', () => {
  it.each([
    ['', '.touchstone/\n'],
    ['dist/\n', '.touchstone/\n'],
    ['dist/', '\n.touchstone/\n'],
    ['dist/\r\n', '.touchstone/\r\n'],
    ['dist/\r\nlib/', '\r\n.touchstone/\r\n'],
    ['!.touchstone/\n# .touchstone/\n', '.touchstone/\n'],
  ])('goes after %j as %j', (before, addition) => {
    expect(ignoredStateAddition(before)).toBe(addition);
  });

  it.each(['.touchstone/\n', 'a\r\n/.touchstone/\r\n', '\ufeff.touchstone', 'a\n.touchstone/  \nb'])(
    'is not written where %j has it',
    (before) => expect(ignoredStateAddition(before)).toBe(''),
  );

  it('leaves every line as it was, and is added once', () => {
    const line = fc.string({ unit: fc.constantFrom('a', '/', '#', '!', ' ', '.touchstone/') });
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean(), (lines, end, isEnded) => {
        const before = lines.join(end) + (isEnded ? end : '');
        const after = before + ignoredStateAddition(before);
        expect(ignoredStateAddition(after)).toBe('');
        const linesOf = (text: string) => text.split(/\r?\n/).filter((each) => each !== '');
        expect(linesOf(after).slice(0, linesOf(before).length)).toEqual(linesOf(before));
      }),
    );
  });
});
