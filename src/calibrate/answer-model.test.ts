import { describe, expect, it } from 'vitest';
import { answer, madeRun } from '../../test/oracles/made-run.ts';
import type { Field } from '../schema/field.ts';
import type { Label } from '../schema/run-record.ts';
import { answerModel, type PossibleAnswer } from './answer-model.ts';

const TONE: Record<string, Field> = {
  tone: { kind: 'nominal', labels: ['up', 'flat', 'down'] },
  topics: { kind: 'set', labels: ['work', 'home'], contains: 'tone' },
};

function modelOf(
  fields: Record<string, Field>,
  headline: string,
  cases: { expected: Label; given: Parameters<typeof answer>[0][] }[],
) {
  const run = madeRun(
    fields,
    cases.map(({ expected, given }) => ({ expected, answers: given.map(answer) })),
  );
  return answerModel({ ...run, suite: { ...run.suite, headline } });
}

const labelOf = ({ answer: said }: PossibleAnswer) => ('label' in said ? said.label : said.status);
const up = { tone: 'up', topics: ['work'] };
const down = { tone: 'down', topics: ['home'] };

describe('what else a case might have been answered', () => {
  it('is what the run said of cases of the same expected value, as a whole and as often', () => {
    const { cases } = modelOf(TONE, 'tone.accuracy', [
      { expected: up, given: [up] },
      { expected: up, given: [down] },
      { expected: up, given: [down] },
      { expected: up, given: ['refused'] },
      { expected: down, given: [{ tone: 'flat', topics: [] }] },
    ]);
    expect(cases[0]?.others.map(labelOf)).toEqual([down, down, 'refused']);
    expect(cases[0]?.wrong.map(labelOf)).toEqual([down, down, 'refused']);
    expect(cases[1]?.others.map(labelOf)).toEqual([up, 'refused']);
    expect(cases[1]?.wrong.map(labelOf)).toEqual([down, down, 'refused']);
  });

  it('is any other value where the row has no other', () => {
    const { cases } = modelOf(TONE, 'tone.accuracy', [{ expected: up, given: [up] }]);
    expect(cases[0]?.others.map(labelOf)).toEqual([
      { tone: 'flat', topics: ['work'] },
      { tone: 'down', topics: ['work'] },
    ]);
    expect(cases[0]?.wrong.map(labelOf)).toEqual(cases[0]?.others.map(labelOf));
  });

  it.each<[string, Record<string, Field>, string, Label, Label[]]>([
    ['binary', { p: { kind: 'binary' } }, 'p.accuracy', { p: true }, [{ p: false }]],
    [
      'ordinal',
      { level: { kind: 'ordinal', levels: { low: 0, high: 1 } } },
      'level.accuracy',
      { level: 'low' },
      [{ level: 'high' }],
    ],
    ['set', TONE, 'topics.jaccard', up, [[], ['home']].map((topics) => ({ tone: 'up', topics }))],
    [
      'derived',
      { ...TONE, good: { kind: 'binary', from: 'tone', true_for: ['up'] } },
      'good.accuracy',
      up,
      ['flat', 'down'].map((tone) => ({ tone, topics: ['work'] })),
    ],
    [
      'conditional',
      { p: { kind: 'binary' }, reason: { kind: 'nominal', labels: ['law', 'harm'], only_where: 'p' } },
      'reason.accuracy',
      { p: false, reason: null },
      ['law', 'harm'].map((reason) => ({ p: true, reason })),
    ],
  ])('can be made up for a field that is %s', (_kind, fields, headline, given, others) => {
    const { cases } = modelOf(fields, headline, [{ expected: given, given: [given] }]);
    expect(cases[0]?.others.map(labelOf)).toEqual(others);
    expect(cases[0]?.usual.right).toBe(true);
    expect(cases[0]?.wrong.every(({ right }) => !right)).toBe(true);
  });

  it('departs from the most frequent of several answers, the first among equals', () => {
    const { cases } = modelOf(TONE, 'tone.accuracy', [
      { expected: up, given: [down, up, up] },
      { expected: up, given: [down, up, 'failed'] },
    ]);
    expect(cases.map(({ usual }) => labelOf(usual))).toEqual([up, down]);
  });
});
