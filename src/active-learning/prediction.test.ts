import { describe, expect, it } from 'vitest';
import type { Label } from '../schema/run-record.ts';
import type { Task } from '../task/task.ts';
import { poolQuestions } from './ask-pool.ts';
import { classesIn, predictedClasses, splitsOf } from './prediction.ts';

const TASK: Task = {
  name: 's',
  fields: {
    topic: { kind: 'nominal', labels: ['a', 'b', 'c'] },
    topics: { kind: 'set', labels: ['a', 'b'] },
  },
  windows: null,
};
const say = (topic: string, topics: string[]): Label => ({ topic, topics });
const of = (...answers: Label[]) => ({ suite: 's', task: TASK, window: null, answers });

describe('what runs predict', () => {
  it('is what most say, of a set the labels that at least half and not as many against have', () => {
    expect(classesIn('s', TASK, say('a', ['b']))).toEqual(['s.topic: a', 's.topics: b']);
    const answers = [say('b', ['a', 'b']), say('b', ['a']), say('a', [])];
    expect(predictedClasses(of(...answers))).toEqual(['s.topic: b', 's.topics: a']);
    expect(predictedClasses(of(say('b', ['a']), say('a', [])))).toEqual(['s.topic: a']);
    expect(predictedClasses(of())).toEqual([]);
  });

  it('differs by vote entropy, from 0 to 1 for as many runs', () => {
    expect(splitsOf(of(say('a', [])))).toEqual([]);
    expect(splitsOf(of(say('a', []), say('a', [])))).toEqual([]);
    const [split] = splitsOf(of(say('a', []), say('b', []), say('c', [])));
    expect(split).toMatchObject({ name: 's.topic', said: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] });
    expect(split?.entropy).toBeCloseTo(1, 12);
    // Two to one of three: (ln 3 - 2/3 ln 2) / ln 3.
    const two = splitsOf({ ...of(say('a', []), say('a', []), say('b', [])), window: 'opening' });
    expect(two[0]?.name).toBe('s.topic of opening');
    expect(two[0]?.entropy).toBeCloseTo(0.5794, 4);
  });

  it('is asked of each window that applies, by each prompt', () => {
    const messages = [{ role: 'user' as const, content: 'hello' }];
    const pool = [{ id: 'c1', lang: null, messages }];
    const prompt = (system: string) => ({ system, settings: { max_tokens: 50, question: 'How?' } });
    const prompts = [prompt('x'), prompt('y')];
    const windows: Task['windows'] = {
      opening: { take: 'first', messages: 1 },
      closing: { take: 'last', messages: 1, at_least: 2 },
    };
    const whole = poolQuestions(pool, [{ suite: 's', task: TASK, prompts }]);
    expect(whole.map(({ window, request }) => [window, request.system])).toEqual([
      [null, 'x'],
      [null, 'y'],
    ]);
    const parts = poolQuestions(pool, [{ suite: 's', task: { ...TASK, windows }, prompts }]);
    expect(parts.map(({ window }) => window)).toEqual(['opening', 'opening']);
  });
});
