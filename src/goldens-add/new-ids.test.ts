import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits } from '../schema/check.ts';
import { ConversationId } from '../schema/conversation.ts';
import { newIds } from './new-ids.ts';

describe('ids of new conversations', () => {
  it.each([
    ['go on with the numbering', ['c0001', 'c0418'], [], ['c0419', 'c0420']],
    ['begin at c0001 where nothing is there', [], [], ['c0001', 'c0002']],
    ['begin at c0001 where no id has a number', ['anna', 'ben'], [], ['c0001', 'c0002']],
    ['pass over what is taken', ['c0001'], ['c0002'], ['c0003', 'c0004']],
    ['have the prefix of most', ['x-9', 'c001', 'c002'], [], ['c003', 'c004']],
    ['have the width of most', ['c0001', 'c0002', 'c17'], [], ['c0018', 'c0019']],
    ['grow where the digits are used up', ['c98'], [], ['c99', 'c100']],
    ['may be digits alone', ['007'], [], ['008', '009']],
    ['may have digits in their prefix', ['2024-01'], [], ['2024-02', '2024-03']],
  ])('%s', (_, existing, taken, expected) => {
    expect(newIds(existing, taken, 2)).toEqual(expected);
  });

  it('are new, distinct and fit the schema, whatever is there', () => {
    const id = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,30}$/),
      fc.stringMatching(/^c[0-9]{1,5}$/),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(id),
        fc.array(id),
        fc.integer({ min: 0, max: 30 }),
        (existing, taken, count) => {
          const ids = newIds(existing, taken, count);
          expect(new Set(ids).size).toBe(count);
          expect(ids.every((each) => fits(ConversationId, each))).toBe(true);
          expect(ids.filter((each) => existing.includes(each) || taken.includes(each))).toEqual([]);
        },
      ),
    );
  });
});
