import { describe, expect, it } from 'vitest';
import { NO_USAGE } from '../model/model.ts';
import type { Label, RunRecord } from '../schema/run-record.ts';
import type { Rule, Suite } from '../schema/suite.ts';
import type { LoadedSuite } from '../suite/load.ts';
import type { GoalpostChange } from './goalpost-change.ts';
import { goalpostVerdict, guardedSuite, withLabels } from './guard.ts';

const FIELDS: Suite['fields'] = {
  feeling: { kind: 'nominal', labels: ['glad', 'sad'] },
  topics: { kind: 'set', labels: ['work', 'love', 'home'] },
};
const FLOOR: Rule = { rule: 'floor', metric: 'feeling.accuracy', min: 0.8 };
const NO_WORSE: Rule = {
  rule: 'no_worse_than_baseline',
  metric: 'feeling.accuracy',
  margin: 0.03,
  alpha: 0.05,
};
const BUDGET: Rule = { rule: 'budget', max_invalid: 0.02 };

/** Rules begin on line 10 of the file, or on line 20 of the base's. */
function suite(rules: Rule[], changed: Partial<Suite> = {}, firstLine = 10): LoadedSuite {
  const whole = {
    name: 'mood',
    prompt: 'p.md',
    fields: FIELDS,
    headline: 'feeling.accuracy',
    rules,
    ...changed,
  };
  return {
    path: 'suites/mood.yaml',
    sha256: '',
    suite: whole,
    task: { name: 'mood', fields: whole.fields, windows: whole.windows ?? null },
    labels: 'mood',
    onUndecided: whole.on_undecided ?? 'warn',
    line: (index) => firstLine + index,
  };
}

function rulesOf(head: Rule[], base: Rule[]): Rule[] {
  return guardedSuite(suite(head), { suite: suite(base) }).suite.rules;
}

describe('a guarded run', () => {
  it('keeps the rules that were removed', () => {
    expect(rulesOf([], [FLOOR, NO_WORSE, BUDGET])).toEqual([FLOOR, NO_WORSE, BUDGET]);
  });

  it('takes the rules that were added', () => {
    expect(rulesOf([FLOOR, BUDGET], [FLOOR])).toEqual([FLOOR, BUDGET]);
  });

  it('takes the stricter version of a rule', () => {
    const lower: Rule = { ...FLOOR, min: 0.7 };
    expect(rulesOf([lower], [FLOOR])).toEqual([FLOOR]);
    expect(rulesOf([FLOOR], [lower])).toEqual([FLOOR]);
    expect(rulesOf([FLOOR], [FLOOR])).toEqual([FLOOR]);
  });

  it('takes both where neither is stricter', () => {
    const elsewhere: Rule = { ...FLOOR, metric: 'topics.jaccard' };
    expect(rulesOf([elsewhere], [FLOOR])).toEqual([FLOOR, elsewhere]);
  });

  it('makes no more comparisons than the base, so that their correction stays as strict', () => {
    const another: Rule = { ...NO_WORSE, metric: 'topics.jaccard' };
    const mixed: Rule = { ...NO_WORSE, margin: 0.3, alpha: 0.1 };
    expect(rulesOf([NO_WORSE, another], [NO_WORSE])).toEqual([NO_WORSE]);
    expect(rulesOf([mixed], [NO_WORSE])).toEqual([NO_WORSE]);
    expect(rulesOf([NO_WORSE, another], [])).toEqual([NO_WORSE, another]);
  });

  it('of a new suite is judged by the suite itself', () => {
    const head = suite([FLOOR]);
    expect(guardedSuite(head, { suite: null })).toBe(head);
  });

  it('leaves out what cannot be measured any more, rather than find that it holds', () => {
    const { topics: _, ...fewer } = FIELDS;
    const gone: Rule[] = [
      { ...FLOOR, metric: 'topics.jaccard' },
      { rule: 'must_pass', field: 'topics' },
      { ...FLOOR, where: { window: 'opening' } },
    ];
    const base = suite([...gone, NO_WORSE], { headline: 'topics.jaccard' });
    const guarded = guardedSuite(suite([], { fields: fewer }), { suite: base });
    expect(guarded.suite.rules).toEqual([NO_WORSE]);
    expect(guarded.suite.headline).toBe('feeling.accuracy');
    expect(guarded.suite.fields).toEqual(fewer);
  });

  it('keeps the headline, and blocks on an undecided rule where either version does', () => {
    const head = suite([], { headline: 'topics.jaccard', on_undecided: 'warn' });
    const guarded = guardedSuite(head, { suite: suite([], { on_undecided: 'block' }) });
    expect([guarded.suite.headline, guarded.onUndecided]).toEqual(['feeling.accuracy', 'block']);
    expect(guarded.suite.on_undecided).toBe('block');
    const stricter = guardedSuite(suite([], { on_undecided: 'block' }), { suite: suite([]) });
    expect(stricter.suite.on_undecided).toBe('block');
  });

  it('knows on which line of its own file each rule stands', () => {
    const base = suite([BUDGET, FLOOR], {}, 20);
    const added: Rule = { rule: 'must_pass' };
    const guarded = guardedSuite(suite([{ ...FLOOR, min: 0.7 }, added]), { suite: base });
    expect(guarded.suite.rules).toEqual([BUDGET, FLOOR, added]);
    expect([0, 1, 2].map(guarded.line)).toEqual([20, 21, 11]);
  });
});

describe('a run scored with the labels of the base', () => {
  const record = (expected: Record<string, Label>): RunRecord => ({
    touchstone: 'run',
    version: 1,
    suite: {
      name: 'mood',
      path: '',
      sha256: '',
      fields: FIELDS,
      windows: null,
      headline: 'feeling.accuracy',
      rules: [],
      on_undecided: 'warn',
    },
    model: 'm',
    prompt: { path: '', sha256: '' },
    goldens: { path: '', sha256: '', conversations: 1 },
    git: null,
    started_at: '',
    repeats: 1,
    selection: null,
    asked: 0,
    spent: NO_USAGE,
    seconds: 0,
    cases: Object.entries(expected).map(([id, label]) => {
      const subject = { id, conversation: id, window: null, family: id, lang: 'en', tags: [], text: '' };
      return { ...subject, expected: label, request: '', answers: [] };
    }),
  });
  const expectedOf = (expected: Record<string, Label>, labels: Record<string, Label>) =>
    withLabels(record(expected), new Map(Object.entries(labels))).cases.map((each) => each.expected);

  it('expects what they say, and of a new case what its own label says', () => {
    const now = { c1: { feeling: 'glad' }, c2: { feeling: 'glad' } };
    expect(expectedOf(now, { c1: { feeling: 'sad' }, c9: { feeling: 'sad' } })).toEqual([
      { feeling: 'sad' },
      { feeling: 'glad' },
    ]);
    expect(now.c1).toEqual({ feeling: 'glad' });
  });

  it('expects a null that they expect, and keeps a field that they do not know', () => {
    expect(expectedOf({ c1: { feeling: 'glad', topics: ['work'] } }, { c1: { feeling: null } })).toEqual([
      { feeling: null, topics: ['work'] },
    ]);
  });

  it('writes sets in the order of the labels of today', () => {
    const labels = { c1: { topics: ['gone', 'home', 'work'] } };
    expect(expectedOf({ c1: { topics: [] } }, labels)).toEqual([{ topics: ['work', 'home', 'gone'] }]);
  });
});

describe('the verdict on the goalposts', () => {
  const loosening: GoalpostChange = { kind: 'rule_removed', rule: FLOOR, loosens: true };
  const harmless: GoalpostChange = { kind: 'rule_added', rule: BUDGET, loosens: false };

  it.each([
    [[], false, false, 'The goalposts did not move.'],
    [[harmless], false, false, '1 change of the goalposts, none of which loosens them.'],
    [
      [harmless, loosening],
      false,
      true,
      '2 changes of the goalposts, 1 of which loosens them: needs a person.',
    ],
    [[loosening, loosening], true, false, '2 changes of the goalposts, 2 of which loosen them: allowed.'],
  ])('of %j, allowed: %j', (changes, allowed, needsPerson, sentence) => {
    expect(goalpostVerdict(changes, allowed)).toEqual({ needsPerson, sentence });
  });
});
