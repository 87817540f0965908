import { describe, expect, it } from 'vitest';
import { answer } from '../../test/oracles/made-run.ts';
import type { CaseRecord, RunRecord, Value } from '../schema/run-record.ts';
import { scoreRun } from '../score/score-run.ts';
import { caseMean } from './case-mean.ts';

const suite: RunRecord['suite'] = {
  ...{ name: 's', path: '', sha256: '', windows: null, headline: 'tone.accuracy', rules: [] },
  on_undecided: 'warn',
  fields: {
    tone: { kind: 'nominal', labels: ['up', 'down', 'flat'] },
    odd: { kind: 'binary' },
    why: { kind: 'nominal', labels: ['x', 'y'], only_where: 'odd' },
    level: { kind: 'ordinal', levels: { low: 0, mid: 0.5, high: 1 } },
    topics: { kind: 'set', labels: ['p', 'q'] },
  },
};

type Given = Record<string, Value>;

function caseOf(expected: Given, ...given: (Given | 'invalid')[]): CaseRecord {
  return {
    ...{ id: 'c', conversation: 'c', window: null, family: 'f', lang: 'en', tags: [], text: '', request: '' },
    expected,
    answers: given.map((label) => answer(label)),
  };
}

const right = { tone: 'up', odd: true, why: 'x', level: 'low', topics: ['p'] };
const cases = [
  caseOf(right, right, { ...right, tone: 'down', odd: false, level: 'high', topics: ['p', 'q'] }),
  caseOf({ ...right, tone: 'down', odd: false, why: null }, right, 'invalid'),
  caseOf({ ...right, level: 'mid', topics: [] }, { ...right, level: 'high', topics: [] }, right),
];

describe('a metric as a mean over cases', () => {
  it.each([
    'tone.accuracy',
    'tone.recall.up',
    'odd.accuracy',
    'odd.recall.true',
    'why.recall.x',
    'level.accuracy',
    'level.within_one',
    'level.mae',
    'topics.subset_accuracy',
    'topics.jaccard',
    'topics.recall.p',
  ])('%s is the sum of its parts over their weights', (name) => {
    const [field = '', ...rest] = name.split('.');
    const parts = caseMean(suite, name)?.partsOf(cases) ?? [];
    const value = parts.reduce((sum, part) => sum + part.value, 0);
    const weight = parts.reduce((sum, part) => sum + part.weight, 0);
    const { fields } = scoreRun({ suite, cases, repeats: 2 }, { resamples: 0 });
    expect(value / weight).toBeCloseTo(fields[field]?.metrics[rest.join('.')]?.value ?? Number.NaN, 12);
  });

  it.each([
    'tone.macro_f1',
    'tone.kappa',
    'tone.f1.up',
    'tone.precision.up',
    'odd.precision.true',
    'level.qwk',
    'topics.precision.p',
    // Who counts depends on whether the answer says that there is a reason.
    'why.accuracy',
    'tone.unheard_of',
    'nothing.accuracy',
  ])('%s is none', (name) => {
    expect(caseMean(suite, name)).toBeNull();
  });

  it('knows the most that a case can add', () => {
    expect(caseMean(suite, 'tone.accuracy')?.most).toBe(1);
    expect(caseMean(suite, 'level.mae')).toMatchObject({ most: 2, better: 'lower' });
  });
});
