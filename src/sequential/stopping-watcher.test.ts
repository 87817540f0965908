import { describe, expect, it } from 'vitest';
import { answer } from '../../test/oracles/made-run.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Case } from '../plan/case.ts';
import type { Answer, RunRecord } from '../schema/run-record.ts';
import type { Rule } from '../schema/suite.ts';
import { seededRandom } from '../statistics/random.ts';
import { type StoppingWatcher, watchFamilies, watchNamedCases } from './stopping-watcher.ts';

const NO_WORSE: Rule = { rule: 'no_worse_than_baseline', metric: 'tone.accuracy', margin: 0.1, alpha: 0.05 };
const CRITICAL: Rule = { rule: 'must_pass', where: { tag: 'critical' } };

const UP = answer({ tone: 'up' });
const DOWN = answer({ tone: 'down' });

function suiteWith(rules: Rule[]): RunRecord['suite'] {
  return {
    ...{ name: 's', path: '', sha256: '', windows: null, headline: 'tone.accuracy', rules },
    ...{ fields: { tone: { kind: 'nominal', labels: ['up', 'down'] } }, on_undecided: 'warn' },
  };
}

const cases = Array.from({ length: 200 }, (_, index): Case => {
  const id = `c${String(index).padStart(3, '0')}`;
  return {
    ...{ id, conversation: id, window: null, family: id, lang: 'en', text: '', requestHash: 'now' },
    ...{ tags: index === 180 ? ['critical'] : [], expected: { tone: 'up' } },
    request: { system: '', user: '', schema: { type: 'object' }, maxTokens: 1 },
  };
});

/** Everything was right. */
const baseline: Baseline = {
  path: '',
  header: {
    ...{ touchstone: 'baseline', version: 1, suite: 's', model: 'm', prompt: '', goldens: '' },
    ...{ fields: suiteWith([]).fields, windows: null, repeats: 1, cases: cases.length },
  },
  cases: new Map(
    cases.map(({ id, text }) => [
      id,
      { id, text, request: 'before', answers: [{ status: 'answered', label: { tone: 'up' } }] },
    ]),
  ),
};

const families = cases.map((each) => [each]);
const watched = (rules: Rule[], repeats = 1) => ({ suite: suiteWith(rules), repeats, baseline });

function tell(watcher: StoppingWatcher, order: readonly Case[], given: (each: Case) => Answer) {
  for (const each of order) watcher.answered(each, 0, given(each));
  return { standing: watcher.standing(), counted: watcher.counted(), isDecided: watcher.isDecided() };
}

describe('watching the answers to families', () => {
  it('counts the longest answered beginning, whatever the order in which answers come', () => {
    const random = seededRandom(5);
    const shuffled = cases
      .map((each) => ({ each, place: random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ each }) => each);
    const given = ({ id }: Case) => (id < 'c040' && id.endsWith('0') ? DOWN : UP);
    const inOrder = tell(watchFamilies(families, watched([NO_WORSE])), cases, given);
    expect(inOrder).toMatchObject({ standing: 'decided', isDecided: true });
    expect(inOrder.counted).toBeLessThan(200);
    expect(tell(watchFamilies(families, watched([NO_WORSE])), shuffled, given)).toEqual(inOrder);
  });

  it('waits for the first case, however many others are answered', () => {
    const watcher = watchFamilies(families, watched([NO_WORSE]));
    expect(tell(watcher, cases.slice(1), () => DOWN)).toEqual({
      standing: 'open',
      counted: 0,
      isDecided: false,
    });
    expect(tell(watcher, cases.slice(0, 1), () => DOWN)).toMatchObject({ standing: 'lost' });
  });

  it('waits for all repeats of a case', () => {
    const watcher = watchFamilies(families, watched([NO_WORSE], 2));
    expect(tell(watcher, cases, () => DOWN).standing).toBe('open');
    for (const each of cases) watcher.answered(each, 1, DOWN);
    expect(watcher.standing()).toBe('lost');
  });

  it('stops at once where a case that must pass does not', () => {
    const given = ({ tags }: Case) => (tags.includes('critical') ? DOWN : UP);
    const first = cases.toReversed().map((each) => [each]);
    const watcher = watchFamilies(first, watched([NO_WORSE, CRITICAL]));
    expect(tell(watcher, first.flat(), given)).toMatchObject({ standing: 'lost', counted: 20 });
  });

  it('goes on to the end where a rule can be told only then', () => {
    const macro: Rule = { ...NO_WORSE, metric: 'tone.macro_f1' };
    const watcher = watchFamilies(families, watched([NO_WORSE, macro]));
    expect(tell(watcher, cases, () => UP)).toEqual({ standing: 'open', counted: 200, isDecided: false });
  });

  it('decides a floor from either side, and unusable answers before all are in', () => {
    const floor: Rule = { rule: 'floor', metric: 'tone.accuracy', min: 0.8 };
    const budget: Rule = { rule: 'budget', max_invalid: 0.05 };
    const above = tell(watchFamilies(families, watched([floor, budget])), cases, () => UP);
    expect(above.standing).toBe('decided');
    expect(above.counted).toBeLessThan(120);
    const below = tell(watchFamilies(families, watched([floor])), cases, ({ id }) =>
      id < 'c010' ? UP : DOWN,
    );
    expect(below.standing).toBe('lost');
    const invalid = tell(watchFamilies(families, watched([budget])), cases, () => answer('invalid'));
    expect(invalid).toMatchObject({ standing: 'lost', counted: 11 });
  });
});

describe('watching cases that rules name', () => {
  it('stops at the first that breaks', () => {
    const named = cases.slice(140, 160);
    const rule: Rule = { rule: 'must_pass', cases: named.map(({ id }) => id) };
    const given = ({ id }: Case) => (id >= 'c145' ? DOWN : UP);
    const watcher = watchNamedCases(named, watched([rule]));
    expect(tell(watcher, named, given)).toEqual({ standing: 'lost', counted: 6, isDecided: true });
  });
});
