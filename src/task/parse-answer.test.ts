import { describe, expect, it } from 'vitest';
import { parseAnswer } from './parse-answer.ts';
import type { Task } from './task.ts';

const task: Pick<Task, 'fields'> = {
  fields: {
    pushback: { kind: 'binary' },
    reason: { kind: 'nominal', labels: ['policy', 'self_harm'], only_where: 'pushback' },
    topics: { kind: 'set', labels: ['work', 'love'] },
    mood: { kind: 'ordinal', levels: { low: -1, high: 1 } },
    derived: { kind: 'binary', from: 'reason', true_for: ['policy'] },
  },
};
const good = { pushback: true, reason: 'policy', topics: ['love', 'work', 'love'], mood: 'high' };
const read = (answer: unknown) =>
  parseAnswer(task, typeof answer === 'string' ? answer : JSON.stringify(answer));

describe('reading an answer', () => {
  it('takes one object with every asked field, sets in the order of the suite and once each', () => {
    expect(read(good)).toEqual({ ok: true, label: { ...good, topics: ['work', 'love'] } });
  });

  it('tolerates a code fence around it', () => {
    expect(read(`\n\`\`\`json\n${JSON.stringify(good)}\n\`\`\`\n`)).toMatchObject({ ok: true });
  });

  it('takes null where a field may not apply', () => {
    expect(read({ ...good, pushback: false, reason: null })).toMatchObject({
      ok: true,
      label: { reason: null },
    });
  });

  it.each([
    ['nothing', '', 'the answer is empty'],
    ['prose', 'I think it is policy.', 'the answer is not JSON'],
    ['JSON within prose', `Sure! ${JSON.stringify(good)}`, 'the answer is not JSON'],
    ['half of it', JSON.stringify(good).slice(0, 30), 'the answer is not JSON'],
    ['a list', [good], 'the answer is not a JSON object'],
    ['a missing field', { ...good, mood: undefined }, 'mood is missing'],
    ['an unknown label', { ...good, reason: 'polciy' }, 'reason is not a legal value'],
    ['a label of the object prototype', { ...good, mood: 'constructor' }, 'mood is not a legal value'],
    ['a text where a truth value belongs', { ...good, pushback: 'true' }, 'pushback is not a legal value'],
    ['an unknown member of a set', { ...good, topics: ['work', 'play'] }, 'topics is not a legal value'],
    ['null where the field always applies', { ...good, mood: null }, 'mood is not a legal value'],
    ['a property too many', { ...good, note: 'hm' }, 'the answer has properties that nobody asked for'],
  ])('refuses %s', (_what, answer, reason) => {
    expect(read(answer)).toEqual({ ok: false, reason });
  });
});
