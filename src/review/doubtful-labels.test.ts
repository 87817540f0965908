import { describe, expect, it } from 'vitest';
import { smallJudgement } from '../../test/small-judgement.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { appendDoubtful, type DoubtfulLabel, doubtfulLabels } from './doubtful-labels.ts';
import { reviewItems } from './review-items.ts';

const SIGNED = { by: 'Ada', at: '2026-03-04T05:06:07.000Z' };
const DOUBT: DoubtfulLabel = {
  ...{ id: 'c2', window: null, field: 'feeling', expected: 'glad', given: 'calm', ...SIGNED },
};

describe('a doubtful label', () => {
  const { run, comparison } = smallJudgement().assessment;
  const [item] = comparison === null ? [] : reviewItems(comparison);
  if (item === undefined) throw new Error('nothing flipped');

  it('says what is expected and what was given', () => {
    expect(doubtfulLabels(run.suite, item, SIGNED)).toEqual([DOUBT]);
  });

  it('of a derived field is that of its source, once', () => {
    const fields: RunRecord['suite']['fields'] = {
      ...run.suite.fields,
      happy: { kind: 'binary', from: 'feeling', true_for: ['glad'] },
    };
    const [flip] = item.flips;
    const flips = flip === undefined ? [] : [flip, { ...flip, field: 'happy' }];
    expect(doubtfulLabels({ fields }, { ...item, flips }, SIGNED)).toEqual([DOUBT]);
  });
});

describe('the file of doubtful labels', () => {
  const line = `${JSON.stringify(DOUBT)}\n`;

  it('grows at its end', () => {
    const other = { ...DOUBT, id: 'c3' };
    expect(appendDoubtful('', [DOUBT]).text).toBe(line);
    expect(appendDoubtful(line.trimEnd(), [other]).text).toBe(`${line}${JSON.stringify(other)}\n`);
  });

  it('has no label twice, whoever doubts it', () => {
    const again = { ...DOUBT, by: 'Bob', at: 'later', given: 'sad' };
    expect(appendDoubtful(line, [again])).toEqual({ text: line, added: [] });
    expect(appendDoubtful('', [DOUBT, again])).toEqual({ text: line, added: [DOUBT] });
  });

  it('has it again where the label was changed since', () => {
    expect(appendDoubtful(line, [{ ...DOUBT, expected: 'sad' }]).added).toHaveLength(1);
  });

  it('keeps lines that it cannot read', () => {
    expect(appendDoubtful('by hand\n', [DOUBT]).text).toBe(`by hand\n${line}`);
  });
});
