import { describe, expect, it } from 'vitest';
import type { Candidate } from './candidate.ts';
import { planAdditions } from './plan-add.ts';

const NOTHING = { lang: null, family: null, tags: [] };

function candidate(more: Partial<Candidate>): Candidate {
  const facts = { ownId: null, lang: null, family: null, tags: [], leftOut: 0, merged: 0, unfit: [] };
  return { file: 'a.jsonl', line: 1, messages: [{ role: 'user', content: 'hi' }], ...facts, ...more };
}

function plan(candidates: Partial<Candidate>[], defaults: Parameters<typeof planAdditions>[1] = NOTHING) {
  const added = planAdditions(candidates.map(candidate), defaults, new Set(['c0007']), new Set());
  return added.map(({ conversation: { id, lang, family, tags } }) => [id, lang, family, tags.join()]);
}

describe('what a record becomes', () => {
  it('is guessed in nothing', () => {
    expect(plan([{ ownId: 'anna' }])).toEqual([['c0008', 'und', 'c0008', '']]);
  });

  it('keeps what the record says, and takes the rest from the options', () => {
    const said = { lang: 'fr', family: 'f1', tags: ['pair'] };
    expect(plan([said, {}], { lang: 'en', family: 'f2', tags: ['pair', 'new'] })).toEqual([
      ['c0008', 'fr', 'f1', 'pair,new'],
      ['c0009', 'en', 'f2', 'pair,new'],
    ]);
  });

  it('never carries the id of a record in its family', () => {
    const records = [
      { ownId: 'anna', family: 'ben' },
      { ownId: 'ben', family: 'ben' },
      { ownId: 'anna', family: 'anna' },
    ];
    expect(plan(records).map(([id, , family]) => [id, family])).toEqual([
      ['c0008', 'c0009'],
      ['c0009', 'c0009'],
      ['c0010', 'c0008'],
    ]);
  });

  it('stays together with what shares a family whose name does not fit', () => {
    const families = plan([{}, { family: 'user 17' }, { family: 'user 17' }]).map(([, , family]) => family);
    expect(families).toEqual(['c0008', 'c0009', 'c0009']);
  });
});
