import { describe, expect, it } from 'vitest';
import type { Baseline } from '../baseline/baseline.ts';
import type { BaselineAnswer, BaselineCase } from '../schema/baseline.ts';
import type { Label } from '../schema/run-record.ts';
import type { Rule, Suite } from '../schema/suite.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { compareBaselines } from './compare-baselines.ts';
import { compareGoldens } from './compare-goldens.ts';
import { describeChange } from './describe-change.ts';
import type { GoalpostChange } from './goalpost-change.ts';
import type { Goalposts, GoldenConversation } from './read-goalposts.ts';

const FIELDS: Suite['fields'] = {
  feeling: { kind: 'nominal', labels: ['glad', 'sad'] },
  strong: { kind: 'binary' },
};
const SUITE: LoadedSuite = {
  path: 'suites/mood.yaml',
  sha256: '',
  suite: { name: 'mood', prompt: 'p.md', fields: FIELDS, headline: 'feeling.accuracy', rules: [] },
  task: { name: 'mood', fields: FIELDS, windows: null },
  labels: 'mood',
  onUndecided: 'warn',
  line: () => 1,
};
const GLAD: Label = { feeling: 'glad', strong: true };
const SAD: Label = { feeling: 'sad', strong: true };

function conversation(changed: Partial<GoldenConversation> = {}): GoldenConversation {
  return { lang: 'en', family: 'f', tags: [], text: 'hash', ...changed };
}

function goalposts(changed: Partial<Goalposts> = {}): Goalposts {
  return {
    suite: SUITE,
    labels: new Map([
      ['c1', GLAD],
      ['c2', SAD],
    ]),
    conversations: new Map([
      ['c1', conversation()],
      ['c2', conversation()],
    ]),
    baseline: null,
    otherBaselines: new Map(),
    unreadable: [],
    ...changed,
  };
}

function baseline(given: Record<string, Label | 'invalid' | 'refused'>, prompt = 'a', text = 'c'): Baseline {
  const header = { touchstone: 'baseline', version: 1, suite: 'mood', model: 'm', repeats: 1 } as const;
  const sha256 = prompt.repeat(64);
  const cases = new Map<string, BaselineCase>();
  for (const [id, answer] of Object.entries(given)) {
    const accepted: BaselineAnswer =
      typeof answer === 'string' ? { status: answer } : { status: 'answered', label: answer };
    cases.set(id, { id, text: text.repeat(16), request: sha256, answers: [accepted] });
  }
  return { path: 'b.jsonl', header: { ...header, prompt: sha256, cases: cases.size, fields: FIELDS }, cases };
}

function lines(changes: GoalpostChange[]): string[] {
  return changes.map((change) => `${change.loosens ? '! ' : ''}${describeChange(change)}`);
}

function ofGoldens(base: Goalposts, head: Goalposts, rules: Rule[] = []): string[] {
  return lines(compareGoldens(base, head, rules));
}

function ofBaselines(before: Baseline | null, after: Baseline | null): string[] {
  return lines(compareBaselines(goalposts({ baseline: before }), goalposts({ baseline: after })));
}

describe('goldens', () => {
  const one = { labels: new Map([['c1', GLAD]]), conversations: new Map([['c1', conversation()]]) };

  it('that were deleted or added are named', () => {
    expect(ofGoldens(goalposts(), goalposts(one))).toEqual([
      '! goldens deleted: 1 conversation (c2), 1 label (c2)',
    ]);
    expect(ofGoldens(goalposts(one), goalposts())).toEqual([
      'goldens added: 1 conversation (c2), 1 label (c2)',
    ]);
    expect(ofGoldens(goalposts(), goalposts({ labels: null }))).toEqual([
      '! goldens deleted: 2 labels (c1, c2)',
    ]);
  });

  it('that the base does not know are not compared', () => {
    expect(ofGoldens(goalposts({ labels: null, conversations: null }), goalposts())).toEqual([]);
  });

  it('under an old id with a new text are other goldens', () => {
    const head = goalposts({
      conversations: new Map([
        ['c1', conversation({ text: 'another' })],
        ['c2', conversation()],
      ]),
    });
    expect(ofGoldens(goalposts(), head)).toEqual(['! text of conversation c1 changed']);
  });

  it.each([
    [{ tags: ['b'] }, 'tags of conversation c1 changed: none -> b'],
    [{ lang: 'zh' }, 'lang of conversation c1 changed: en -> zh'],
    [{ family: 'g' }, 'family of conversation c1 changed: f -> g'],
  ])('described as %j matter where a rule chooses by it', (changed, line) => {
    const head = goalposts({
      conversations: new Map([
        ['c1', conversation(changed)],
        ['c2', conversation()],
      ]),
    });
    const floor = { rule: 'floor', metric: 'feeling.accuracy', min: 0.5 } as const;
    const chooses: Rule[] = [
      { rule: 'must_pass', where: { tag: 'b' } },
      { ...floor, where: { lang: 'zh' } },
    ];
    expect(ofGoldens(goalposts(), head)).toEqual([line]);
    expect(ofGoldens(goalposts(), head, [{ ...floor, where: { tag: 'other', lang: 'fr' } }])).toEqual([line]);
    const marked = 'family' in changed ? line : `! ${line}`;
    expect(ofGoldens(goalposts(), head, chooses)).toEqual([marked]);
  });

  it('with another label say what was expected and what is', () => {
    const labels = new Map([
      ['c1', { feeling: 'sad', strong: false }],
      ['c2', SAD],
    ]);
    expect(ofGoldens(goalposts(), goalposts({ labels }))).toEqual([
      '! label of c1 changed: feeling glad -> sad, strong true -> false',
    ]);
  });

  it('in which a field that does not apply gets a value are changed, those with a new field are not', () => {
    const base = goalposts({ labels: new Map([['c1', { feeling: null }]]) });
    const given = goalposts({ labels: new Map([['c1', { feeling: 'sad' }]]) });
    const wider = goalposts({ labels: new Map([['c1', { feeling: null, extra: 'x' }]]) });
    expect(ofGoldens(base, given)).toEqual(['! label of c1 changed: feeling none -> sad']);
    expect(ofGoldens(base, wider)).toEqual([]);
  });
});

describe('a baseline', () => {
  const accepted = baseline({ c1: GLAD, c2: GLAD });

  it('that is the same says nothing', () => {
    expect(ofBaselines(accepted, baseline({ c2: GLAD, c1: GLAD }))).toEqual([]);
  });

  it('rewritten counts the answers that changed, and those that were right and now are not', () => {
    expect(ofBaselines(accepted, baseline({ c1: SAD, c2: SAD }))).toEqual([
      '! baseline rewritten: b.jsonl: answers changed in 2 cases (c1, c2); 1 case (c1) wrong now and right before',
    ]);
    expect(ofBaselines(accepted, baseline({ c1: 'refused', c2: 'invalid' }))).toEqual([
      '! baseline rewritten: b.jsonl: answers changed in 2 cases (c1, c2); 2 cases (c1, c2) wrong now and right before',
    ]);
  });

  it('judges what is right by the labels of the base', () => {
    const before = goalposts({ baseline: baseline({ c1: GLAD }) });
    const labels = new Map([['c1', SAD]]);
    const [change] = compareBaselines(before, goalposts({ baseline: baseline({ c1: SAD }), labels }));
    expect(change).toMatchObject({ kind: 'baseline_rewritten', changed: ['c1'], worse: ['c1'] });
  });

  it('of another prompt that was answered alike loosens nothing', () => {
    expect(ofBaselines(accepted, baseline({ c1: GLAD, c2: GLAD }, 'b'))).toEqual([
      'baseline rewritten: b.jsonl: no accepted answer changed',
    ]);
  });

  it('of another text takes its cases out of the comparison', () => {
    expect(ofBaselines(accepted, baseline({ c1: GLAD, c2: GLAD }, 'a', 'd'))).toEqual([
      '! baseline rewritten: b.jsonl: answers changed in 2 cases (c1, c2)',
    ]);
  });

  it('with more or fewer lines says which', () => {
    expect(ofBaselines(baseline({ c1: GLAD }), accepted)).toEqual([
      'baseline rewritten: b.jsonl: no accepted answer changed; 1 case added',
    ]);
    expect(ofBaselines(accepted, baseline({ c1: GLAD }))).toEqual([
      '! lines removed from the baseline: b.jsonl: 1 case (c2)',
    ]);
  });

  it('may be deleted, or be the first', () => {
    expect(ofBaselines(accepted, null)).toEqual(['! baseline deleted: b.jsonl (2 cases)']);
    expect(ofBaselines(null, accepted)).toEqual(['baseline added: b.jsonl (2 cases)']);
  });

  it('of another model is watched as well', () => {
    const base = goalposts({
      otherBaselines: new Map([
        ['x', '1'],
        ['y', '1'],
        ['z', '1'],
      ]),
    });
    const head = goalposts({
      otherBaselines: new Map([
        ['x', '1'],
        ['y', '2'],
        ['new', '1'],
      ]),
    });
    expect(lines(compareBaselines(base, head))).toEqual([
      '! baseline of another model rewritten: y',
      '! baseline of another model deleted: z',
    ]);
  });
});
