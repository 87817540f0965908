import { describe, expect, it } from 'vitest';
import { findingsIn, findingsWith, lintFiles, SOUND, swapped } from './lint-project.ts';
import { makeWorkspace } from './workspace.ts';

const withRule = (rule: string, undecided = 'warn') => {
  const text = swapped(SOUND.suite, 'on_undecided: warn', `on_undecided: ${undecided}`);
  return findingsWith({ suite: swapped(text, 'on_undecided:', `  - ${rule}\non_undecided:`) });
};

describe('rules that can never fail', () => {
  it.each([
    [
      'a floor at nothing',
      '{ rule: floor, metric: urgent.accuracy, min: 0 }',
      /error rule-never-fails the floor under accuracy of urgent holds with every answer wrong/,
    ],
    [
      'a floor under a kappa at its least',
      '{ rule: floor, metric: mood.qwk, min: -1 }',
      /error rule-never-fails/,
    ],
    [
      'a budget for all answers',
      '{ rule: budget, max_invalid: 1 }',
      /error rule-never-fails max_invalid: 1 holds/,
    ],
    [
      'a margin as wide as the scale',
      '{ rule: no_worse_than_baseline, metric: mood.mae, margin: 2, alpha: 0.05 }',
      /error rule-never-fails .*forgives every loss/,
    ],
    [
      'a comparison on three cases',
      '{ rule: no_worse_than_baseline, metric: topic.accuracy, margin: 0.9, alpha: 0.05, where: { tag: thin } }',
      /warning rule-never-fails .* can never fail on 3 cases: with every answer wrong it is undecided/,
    ],
  ])('%s', (_what, rule, finding) => {
    const conversations = SOUND.conversations.map((each, index) =>
      index < 3 ? { ...each, tags: [...each.tags, 'thin'] } : each,
    );
    const suite = swapped(SOUND.suite, 'on_undecided:', `  - ${rule}\non_undecided:`);
    const found = findingsWith({ suite, conversations }).filter((each) => !each.includes('rule-thin'));
    expect(found.filter((each) => each.includes('rule-never-fails'))).toEqual([
      expect.stringMatching(finding),
    ]);
    expect(found[0]).toMatch(/^suites\/wish\.yaml:13 /);
  });
});

describe('rules that can never hold', () => {
  it('a floor that the cases at hand cannot show, though all be right', () => {
    const rule = '{ rule: floor, metric: topic.accuracy, min: 0.99 }';
    expect(withRule(rule)).toEqual(
      [
        expect.stringMatching(
          /:13 warning rule-never-holds the floor under accuracy of topic can never hold on 72 cases: with every answer right it is undecided/,
        ),
        expect.stringMatching(/:10 warning rule-repeated/),
      ].reverse(),
    );
    expect(withRule(rule, 'block')).toContainEqual(expect.stringMatching(/:13 error rule-never-holds/));
  });

  it('a margin that the cases at hand cannot rule out, though nothing change', () => {
    expect(
      withRule('{ rule: no_worse_than_baseline, metric: topic.accuracy, margin: 0.01, alpha: 0.05 }'),
    ).toEqual([
      expect.stringMatching(
        /:13 warning rule-never-holds .* cannot hold on 72 cases unless the metric rises/,
      ),
    ]);
    expect(
      withRule('{ rule: no_worse_than_baseline, metric: topic.accuracy, margin: 0.1, alpha: 0.05 }'),
    ).toEqual([]);
  });

  it('a limit of dollars that any answer exceeds, or whose price nobody knows', () => {
    const suite = swapped(SOUND.suite, 'max_invalid: 0.02', 'max_usd: 0');
    const root = makeWorkspace(lintFiles({ suite }));
    const model = (name: string) =>
      findingsIn(root, { model: `anthropic:${name}`, rule: 'rule-never-holds' });
    expect(model('claude-haiku-5-5')).toMatchObject([{ severity: 'error', line: 12 }]);
    expect(model('claude-nobody-9')).toMatchObject([{ severity: 'warning', line: 12 }]);
    expect(findingsIn(root)).toEqual([]);
  });
});

describe('rules beside each other', () => {
  it.each([
    [
      'twice the same',
      '{ rule: budget, max_invalid: 0.02 }',
      /:13 warning rule-repeated the rule says what that on line 12 says/,
    ],
    [
      'a lower floor',
      '{ rule: floor, metric: topic.accuracy, min: 0.5 }',
      /:13 warning rule-repeated the rule holds whenever that on line 10 does/,
    ],
    ['a looser budget', '{ rule: budget, max_invalid: 0.5 }', /:13 warning rule-repeated/],
    ['the same cases', '{ rule: must_pass, where: { tag: odd }, field: topic }', /:13 warning rule-repeated/],
  ])('say the same: %s', (_what, rule, finding) => {
    expect(withRule(rule)).toEqual([expect.stringMatching(finding)]);
  });

  it.each([
    ['another slice', '{ rule: floor, metric: topic.accuracy, min: 0.5, where: { lang: en } }'],
    ['another limit', '{ rule: budget, max_seconds: 60 }'],
    ['another field', '{ rule: must_pass, where: { tag: odd }, field: mood }'],
  ])('say something else: %s', (_what, rule) => {
    expect(withRule(rule)).toEqual([]);
  });
});

describe('thin rules and labels', () => {
  it('are told of where a rule rests on fewer than ten cases', () => {
    expect(withRule('{ rule: floor, metric: topic.accuracy, min: 0.5, where: { tag: odd } }')).toEqual([
      expect.stringMatching(
        /:13 warning rule-thin the floor under accuracy of topic in tag:odd rests on 9 cases/,
      ),
    ]);
  });

  it('are told of where no golden has a label', () => {
    const suite = swapped(
      SOUND.suite,
      'labels: [food, travel, money]',
      'labels: [food, travel, money, pets]',
    );
    const prompt = swapped(SOUND.prompt, '- `money`:', '- `pets`: cats and dogs\n- `money`:');
    expect(findingsWith({ suite, prompt })).toEqual([
      expect.stringMatching(/wish\.yaml:4 warning label-without-golden no golden has the topic pets/),
    ]);
  });
});

describe('a gate that nothing moves', () => {
  it('is told of without rules', () => {
    const suite = SOUND.suite.replace(/rules:\n(?: {2}- .*\n)*/, 'rules: []\n');
    expect(findingsWith({ suite })).toEqual([
      expect.stringMatching(/:9 warning on-undecided the suite has no rule/),
    ]);
  });

  it('is told of before anything was accepted', () => {
    const rule = '{ rule: no_worse_than_baseline, metric: topic.accuracy, margin: 0.1, alpha: 0.05 }';
    expect(withRule(rule, 'block')).toEqual([
      expect.stringMatching(
        /:14 warning on-undecided nothing was accepted yet, so 1 rule stays undecided and the gate stays closed/,
      ),
    ]);
    const suite = swapped(SOUND.suite, 'on_undecided:', `  - ${rule}\non_undecided:`);
    expect(findingsIn(makeWorkspace(lintFiles({ suite })), { rule: 'on-undecided' })).toMatchObject([
      { severity: 'note', line: 14 },
    ]);
  });
});
