import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Label } from '../schema/run-record.ts';
import type { Task } from '../task/task.ts';
import { bottomSample } from './bottom-sample.ts';
import { chooseBatch } from './choose-batch.ts';
import type { Candidate } from './gain.ts';

const TASK: Pick<Task, 'fields'> = { fields: { topic: { kind: 'nominal', labels: ['common', 'rare'] } } };
/** Of `common` there are a hundred labels, of `rare` none; all goldens are short and English. */
const GOLDENS = new Map([
  ['class s.topic: common', 100],
  ['length 1-2', 100],
  ['lang en', 100],
]);
const inGoldens = (cell: string) => GOLDENS.get(cell) ?? 0;

function candidate(
  id: string,
  topics: readonly string[],
  text = `words of ${id} alone`,
  turns = 1,
): Candidate {
  const messages = Array.from({ length: turns }, () => ({ role: 'user' as const, content: text }));
  const answers = topics.map((topic): Label => ({ topic }));
  const predicted = [{ suite: 's', task: TASK, window: null, answers }];
  return { conversation: { id, lang: 'en', messages }, predicted };
}
const chosenIds = (candidates: readonly Candidate[], count: number) =>
  chooseBatch(candidates, inGoldens, count).map(({ conversation }) => conversation.id);

describe('choosing what to label next', () => {
  it('prefers what is predicted to be rare, what runs differ on and what is of a thin length', () => {
    const dull = candidate('dull', ['common', 'common']);
    expect(chosenIds([dull, candidate('a', ['rare', 'rare'])], 1)).toEqual(['a']);
    expect(chosenIds([dull, candidate('b', ['common', 'rare'])], 1)).toEqual(['b']);
    expect(chosenIds([dull, candidate('c', ['common', 'common'], 'long', 4)], 1)).toEqual(['c']);
  });

  it('says why', () => {
    const of = (one: Candidate) => chooseBatch([one], inGoldens, 1)[0];
    expect(of(candidate('a', ['rare']))).toMatchObject({
      predicted: ['s.topic: rare'],
      why: 'predicted s.topic: rare (0 labels)',
    });
    expect(of(candidate('b', ['common', 'rare', 'common']))?.why).toBe(
      'runs differ on s.topic (common 2, rare 1)',
    );
    expect(of(candidate('c', ['common'], 'long', 4))?.why).toBe('length 3-5 (0 goldens)');
    const second = chooseBatch([candidate('a', ['rare']), candidate('b', ['rare'])], inGoldens, 2)[1];
    expect(second?.why).toContain('s.topic: rare (0 labels, 1 in this batch)');
  });

  it('does not fill a batch with one class, nor with one phrase', () => {
    const rare = Array.from({ length: 120 }, (_, index) => candidate(`rare${index}`, ['rare']));
    const long = Array.from({ length: 120 }, (_, index) =>
      candidate(`long${index}`, ['common'], `long ${index}`, 4),
    );
    const ids = chosenIds([...rare, ...long], 60);
    expect(ids.filter((id) => id.startsWith('rare')).length).toBeGreaterThan(20);
    expect(ids.filter((id) => id.startsWith('long')).length).toBeGreaterThan(20);
    const phrase = 'tell me a story of the old fisherman who went to sea and never came home again';
    const other = candidate(
      'other',
      ['rare'],
      'how do I repair a bicycle chain that came off on a steep hill',
    );
    const alike = [candidate('a', ['rare'], phrase), candidate('b', ['rare'], `${phrase} please`), other];
    expect(chosenIds(alike, 2)).toEqual(['a', 'other']);
  });

  it('finds no disagreement in a single run, and no class where nothing was answered', () => {
    expect(chooseBatch([candidate('a', ['common'])], inGoldens, 1)[0]?.why).not.toContain('differ');
    expect(chooseBatch([candidate('a', [])], inGoldens, 1)).toMatchObject([{ predicted: [] }]);
  });

  it('gives as many as there are, each once', () => {
    const topics = fc.array(fc.constantFrom('common', 'rare'), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(topics, { maxLength: 12 }), fc.integer({ min: 1, max: 15 }), (drawn, count) => {
        const ids = chosenIds(
          drawn.map((each, index) => candidate(`c${index}`, each)),
          count,
        );
        expect(ids).toHaveLength(Math.min(count, drawn.length));
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

describe('a sample that does not depend on the order', () => {
  it('is the same for any order of a stream, of its size, and without repeats', () => {
    const texts = fc.array(fc.string({ maxLength: 3 }), { maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 8 }), fc.nat(), (all, size, seed) => {
        const draw = (stream: readonly string[]) => {
          const sample = bottomSample<string>(size, seed, (a, b) => a < b);
          for (const text of stream) sample.offer(text, text);
          return sample.drawn();
        };
        const drawn = draw(all);
        expect(draw(all.toSorted())).toEqual(drawn);
        expect(draw(all.toReversed())).toEqual(drawn);
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawn).toHaveLength(Math.min(size, new Set(all).size));
      }),
    );
  });

  it('draws each as often as any other', () => {
    const counts = new Map<number, number>();
    for (let seed = 0; seed < 2_000; seed += 1) {
      const sample = bottomSample<number>(2, seed, () => false);
      for (let item = 0; item < 10; item += 1) sample.offer(String(item), item);
      for (const item of sample.drawn()) counts.set(item, (counts.get(item) ?? 0) + 1);
    }
    // 2,000 x 2/10, with a standard deviation of 18.
    for (let item = 0; item < 10; item += 1) expect(Math.abs((counts.get(item) ?? 0) - 400)).toBeLessThan(90);
  });
});
