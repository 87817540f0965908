import { describe, expect, it } from 'vitest';
import type { CaseData, PageData } from '../page-data.ts';
import { type CaseFilter, filterCases } from './case-filter.ts';

function subject(id: string, given: Partial<CaseData>): CaseData {
  return {
    ...{ id, conversation: id, window: null, lang: 'en', tags: [], before: null, marked: [], votes: [] },
    ...{ expected: ['up', ['work']], now: [answer('up', ['work'])], note: null },
    ...{ changes: [null, null], right: [true, true], split: [false, false], against: [false, false] },
    ...given,
  };
}

function answer(tone: string, topics: string[]): CaseData['now'][number] {
  return { status: 'answered', reason: '', values: [tone, topics], raw: '' };
}

const unusable = { status: 'refused', reason: '', values: null, raw: '' };

const DATA: PageData = {
  conversations: [],
  suites: [
    {
      name: 'mood',
      model: 'm',
      fields: [
        { name: 'tone', classes: ['up', 'down', 'none'], isSet: false },
        { name: 'topics', classes: ['has work', 'lacks work'], isSet: true },
      ],
      cases: [
        subject('fixed', { changes: ['fixed', null], tags: ['pair'] }),
        subject('broken', {
          changes: ['broken', 'broken'],
          now: [answer('down', [])],
          right: [false, false],
        }),
        subject('refused', { now: [unusable], right: [false, false], lang: 'fr', window: 'closing' }),
        subject('null', { expected: [null, []], split: [true, false], against: [false, true] }),
        subject('unstable', { now: [answer('up', []), answer('down', [])] }),
      ],
    },
    {
      name: 'other',
      model: 'm',
      fields: [{ name: 'x', classes: [], isSet: false }],
      cases: [subject('far', {})],
    },
  ],
};

const ANY: CaseFilter = {
  ...{ show: 'all', scope: '', expected: '', given: '', tag: '', lang: '', window: '', search: '' },
};

function ids(filter: Partial<CaseFilter>): string[] {
  const found = filterCases(DATA, { ...ANY, ...filter }, (_suite, { id }) => `the ${id} one`);
  return found.map(({ suite, index }) => DATA.suites[suite]?.cases[index]?.id ?? '');
}

describe('the filter of cases', () => {
  it('lets all through, and each suite by itself', () => {
    expect(ids({})).toHaveLength(6);
    expect(ids({ scope: '1' })).toEqual(['far']);
  });

  it('puts what broke before what was fixed', () => {
    expect(ids({ show: 'flips' })).toEqual(['broken', 'fixed']);
    expect(ids({ show: 'fixed' })).toEqual(['fixed']);
    expect(ids({ show: 'broken', scope: '0.1' })).toEqual(['broken']);
  });

  it('finds wrong answers, split votes, opposed labels and unstable answers of the field meant', () => {
    expect(ids({ show: 'wrong' })).toEqual(['broken', 'refused']);
    expect(ids({ show: 'split', scope: '0.0' })).toEqual(['null']);
    expect(ids({ show: 'against', scope: '0.0' })).toEqual([]);
    expect(ids({ show: 'unstable', scope: '0' })).toEqual(['unstable']);
    expect(ids({ show: 'unstable', scope: '0.1' })).toEqual([]);
  });

  it('finds the cases of a cell, with the missing answer and the missing label', () => {
    expect(ids({ scope: '0.0', expected: 'up', given: 'down' })).toEqual(['broken', 'unstable']);
    expect(ids({ scope: '0.0', given: 'invalid' })).toEqual(['refused']);
    expect(ids({ scope: '0.0', expected: 'none' })).toEqual(['null']);
    expect(ids({ scope: '0.1', expected: 'has work', given: 'lacks work' })).toEqual(['broken', 'unstable']);
    expect(ids({ scope: '0.1', expected: 'lacks work', given: 'has work' })).toEqual(['null']);
  });

  it('wants expected and given to meet in one field', () => {
    expect(ids({ scope: '0', expected: 'up', given: 'lacks work' })).toEqual([]);
  });

  it('narrows by tag, language, window, and by every word searched for', () => {
    expect(ids({ tag: 'pair' })).toEqual(['fixed']);
    expect(ids({ lang: 'fr' })).toEqual(['refused']);
    expect(ids({ window: 'closing' })).toEqual(['refused']);
    expect(ids({ search: ' ONE  broken' })).toEqual(['broken']);
    expect(ids({ search: 'broken two' })).toEqual([]);
  });
});
