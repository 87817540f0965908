import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contradictionsOf } from '../../goldens/label-rules.ts';
import { fits } from '../../schema/check.ts';
import { voteSchema } from '../../schema/label.ts';
import type { Value } from '../../schema/run-record.ts';
import type { Task } from '../../task/task.ts';
import { fieldViews } from '../page-data.ts';
import { readDraft } from './draft.ts';

const TASK: Pick<Task, 'fields'> = {
  fields: {
    topics: { kind: 'set', labels: ['work', 'home', 'health'], contains: 'main' },
    reason: { kind: 'nominal', labels: ['policy', 'harm'], only_where: 'pushback' },
    main: { kind: 'nominal', labels: ['work', 'home', 'other'] },
    pushback: { kind: 'binary' },
    level: { kind: 'ordinal', levels: { low: 0, high: 1 } },
    free: { kind: 'set', labels: ['a', 'b'] },
    derived: { kind: 'binary', from: 'main', true_for: ['work'] },
  },
};
const FIELDS = fieldViews(TASK);

const draft = fc.record(
  {
    topics: fc.subarray(['work', 'home', 'health']),
    reason: fc.constantFrom('policy', 'harm'),
    main: fc.constantFrom('work', 'home', 'other'),
    pushback: fc.boolean(),
    level: fc.constantFrom('low', 'high'),
    free: fc.subarray(['b', 'a']),
  },
  { requiredKeys: [] },
);

describe('a draft', () => {
  it('whatever was chosen, is a sound label once nothing is missing', () => {
    fc.assert(
      fc.property(draft, (chosen) => {
        const given: Record<string, Value> = chosen;
        const { label, missing } = readDraft(FIELDS, given);
        if (missing.length > 0) return;
        expect(fits(voteSchema(TASK), { by: 'a', ...label })).toBe(true);
        expect(contradictionsOf(TASK, label)).toEqual([]);
      }),
    );
  });

  it('lacks what was not chosen, but nothing that follows from the rest', () => {
    expect(readDraft(FIELDS, {})).toEqual({
      label: { topics: [], free: [] },
      missing: ['main', 'pushback', 'level'],
      idle: ['reason', 'topics'],
      held: { free: [] },
    });
    expect(readDraft(FIELDS, { main: 'work', pushback: true, level: 'low' })).toMatchObject({
      label: { topics: ['work'] },
      missing: ['reason'],
      held: { topics: ['work'] },
    });
  });
});
