import { describe, expect, it } from 'vitest';
import type { Label } from '../schema/run-record.ts';
import type { Task } from '../task/task.ts';
import { annotatorAgreement } from './annotator-agreement.ts';

function voted(...labels: Label[]) {
  return { votes: labels.map((label, index) => ({ by: String(index), label, unsure: false })) };
}

describe('agreement between annotators', () => {
  it('is nominal for labels, and counts what is split', () => {
    const task: Pick<Task, 'fields'> = { fields: { tone: { kind: 'nominal', labels: ['a', 'b'] } } };
    const labels = [
      voted({ tone: 'a' }, { tone: 'a' }),
      voted({ tone: 'b' }, { tone: 'b' }),
      voted({ tone: 'a' }, { tone: 'b' }),
      voted({ tone: 'a' }),
    ];
    const [tone] = annotatorAgreement(task, labels);
    expect(tone).toMatchObject({ name: 'tone', metric: 'nominal', units: 3, split: 1 });
    expect(tone?.alpha).toBeCloseTo(4 / 9);
  });

  it('weighs the distance between levels', () => {
    const task: Pick<Task, 'fields'> = {
      fields: { tone: { kind: 'ordinal', levels: { lo: 0, mid: 1, hi: 4 } } },
    };
    const labels = [
      ['lo', 'lo'],
      ['hi', 'hi'],
      ['lo', 'mid'],
    ].map(([a = '', b = '']) => voted({ tone: a }, { tone: b }));
    expect(annotatorAgreement(task, labels)[0]).toMatchObject({
      metric: 'interval',
      alpha: expect.closeTo(1 - 10 / 234),
    });
  });

  it('takes each label of a set by itself', () => {
    const task: Pick<Task, 'fields'> = { fields: { topics: { kind: 'set', labels: ['x', 'y'] } } };
    const labels = [voted({ topics: ['x'] }, { topics: ['x', 'y'] }), voted({ topics: [] }, { topics: [] })];
    expect(annotatorAgreement(task, labels).map(({ name, alpha, split }) => [name, alpha, split])).toEqual([
      ['topics: x', 1, 0],
      ['topics: y', 0, 1],
    ]);
  });

  it('is null where nobody voted twice', () => {
    const task: Pick<Task, 'fields'> = { fields: { tone: { kind: 'binary' } } };
    expect(annotatorAgreement(task, [voted({ tone: true })])).toEqual([
      { name: 'tone', metric: 'nominal', alpha: null, units: 0, split: 0 },
    ]);
  });
});
