import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowMessages } from './window.ts';

/** A conversation of so many messages, the first one from the user. */
function conversation(messages: number) {
  const role = (index: number) => (index % 2 === 0 ? ('user' as const) : ('assistant' as const));
  return { messages: Array.from({ length: messages }, (_, index) => ({ role: role(index), content: 'x' })) };
}

describe('the user messages of a window', () => {
  it('are the first or the last ones', () => {
    expect(windowMessages(conversation(12), { take: 'first', messages: 3 })).toEqual([0, 2, 4]);
    expect(windowMessages(conversation(12), { take: 'last', messages: 3, at_least: 6 })).toEqual([6, 8, 10]);
  });

  it('are all of them where there are fewer', () => {
    expect(windowMessages(conversation(3), { take: 'first', messages: 3 })).toEqual([0, 2]);
    expect(windowMessages(conversation(3), { take: 'last', messages: 3 })).toEqual([0, 2]);
  });

  it('are none, for the window does not apply, below at_least', () => {
    expect(windowMessages(conversation(10), { take: 'last', messages: 3, at_least: 6 })).toBeNull();
    expect(windowMessages(conversation(11), { take: 'last', messages: 3, at_least: 6 })).toEqual([6, 8, 10]);
  });

  it('are at most as many as asked for, ascending, and users', () => {
    const take = fc.constantFrom('first' as const, 'last' as const);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        take,
        fc.integer({ min: 1, max: 9 }),
        (length, side, messages) => {
          const found = windowMessages(conversation(length), { take: side, messages });
          expect(found).toHaveLength(Math.min(messages, Math.ceil(length / 2)));
          expect(found).toEqual(found?.toSorted((a, b) => a - b).filter((index) => index % 2 === 0));
        },
      ),
    );
  });
});
