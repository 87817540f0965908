import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  firstOfEach,
  HOSTILE,
  newFolder,
  RESIST,
  removeFolders,
  STUDY,
  studied,
  TASKS,
  TONE,
  WHY,
  writeResults,
} from '../../../test/study-results.ts';
import { fieldValue, type Task } from '../../task/task.ts';
import type { StudiedConversation } from '../ask-conversation.ts';
import { compareResults } from './compare-results.ts';
import { countResults } from './count-results.ts';

type Pair = { a: StudiedConversation; b: StudiedConversation };

const TOPICS = ['coaching', 'company', HOSTILE];

function given(task: Task, field: string, answer: StudiedConversation['answer'] | undefined) {
  return answer?.status === 'answered' ? fieldValue(task, field, answer.label) : null;
}

function further(each: StudiedConversation, suite: string, window: string | null) {
  return each.further.find((one) => one.suite === suite && one.window === window)?.answer;
}

/** Whether a conversation counts for a topic, or for all kept ones where it is null. */
function isIn(each: StudiedConversation, topic: string | null): boolean {
  if (each.left !== null) return false;
  return topic === null || [given(WHY, 'topics', each.answer)].flat().includes(topic);
}

function rateOf(each: StudiedConversation, name: string, topic: string | null): number | null {
  if (!isIn(each, topic)) return null;
  const value =
    name === 'why.lonely'
      ? given(WHY, 'lonely', each.answer)
      : given(RESIST, 'resists', further(each, 'resist', null));
  return value === null ? null : Number(value);
}

function shiftOf(each: StudiedConversation, topic: string | null) {
  const [from, to] = ['opening', 'closing'].map((window) =>
    given(TONE, 'tone', further(each, 'tone', window)),
  );
  return isIn(each, topic) && typeof from === 'string' && typeof to === 'string' ? { from, to } : null;
}

/** Counts of the distinct values of pairs, in no order; those that count on neither side are left out. */
function cellsOf<T>(pairs: readonly Pair[], value: (each: StudiedConversation) => T | null) {
  const counts = new Map<string, number>();
  for (const { a, b } of pairs) {
    const cell = { baseline: value(a), candidate: value(b) };
    if (cell.baseline === null && cell.candidate === null) continue;
    const key = JSON.stringify(cell);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Set([...counts].map(([key, conversations]) => ({ ...JSON.parse(key), conversations })));
}

function pairedCounts(pairs: readonly Pair[], holds: (each: StudiedConversation) => boolean) {
  const count = (a: boolean, b: boolean) =>
    pairs.filter((pair) => holds(pair.a) === a && holds(pair.b) === b).length;
  return {
    both: count(true, true),
    baselineOnly: count(true, false),
    candidateOnly: count(false, true),
    neither: count(false, false),
  };
}

afterAll(removeFolders);

describe('compareResults', () => {
  it('pairs conversations as plain JavaScript does', async () => {
    await fc.assert(
      fc.asyncProperty(studied, studied, async (before, after) => {
        const [baseline, candidate] = [newFolder('a'), newFolder('b')];
        await writeResults(baseline, before);
        await writeResults(candidate, after);
        const found = await compareResults(baseline, candidate, STUDY, TASKS, { mostMoved: 3 });

        const [all, others] = [firstOfEach(before), firstOfEach(after)];
        const pairs = all.flatMap((a) => {
          const b = others.find(({ conversation }) => conversation === a.conversation);
          return b === undefined ? [] : [{ a, b }];
        });
        expect(found.overlap).toEqual({
          both: pairs.length,
          baselineOnly: all.length - pairs.length,
          candidateOnly: others.length - pairs.length,
        });
        expect(found.kept).toEqual(pairedCounts(pairs, ({ left }) => left === null));
        expect(found.topics).toEqual(
          TOPICS.map((topic) => ({ topic, counts: pairedCounts(pairs, (each) => isIn(each, topic)) })),
        );
        for (const [index, topic] of [null, ...TOPICS].entries()) {
          for (const name of ['resist.resists', 'why.lonely']) {
            const rate = found.rates[name]?.[index];
            expect(rate?.topic).toBe(topic);
            expect(new Set(rate?.cells)).toEqual(cellsOf(pairs, (each) => rateOf(each, name, topic)));
          }
          const shift = found.shifts['tone.tone']?.[index];
          expect(new Set(shift?.cells)).toEqual(cellsOf(pairs, (each) => shiftOf(each, topic)));
          expect(new Set(shift?.shifts)).toEqual(
            cellsOf(pairs, (each) => {
              const levels = ['low', 'middle', 'high'];
              const pair = shiftOf(each, topic);
              return pair && levels.indexOf(pair.to) - levels.indexOf(pair.from);
            }),
          );
        }
        const ids = (moved: (pair: Pair) => boolean) =>
          pairs
            .filter(moved)
            .map(({ a }) => a.conversation)
            .sort();
        const differ = <T>(value: (each: StudiedConversation) => T | null) =>
          ids(({ a, b }) => {
            const [one, other] = [value(a), value(b)];
            return one !== null && other !== null && JSON.stringify(one) !== JSON.stringify(other);
          });
        const moved = [
          differ(({ left }) => left === null),
          ...TOPICS.map((topic) => differ((each) => isIn(each, topic))),
          differ((each) => rateOf(each, 'resist.resists', null)),
          differ((each) => rateOf(each, 'why.lonely', null)),
          differ((each) => shiftOf(each, null)),
        ];
        expect(found.moved.map((each) => each.moved)).toEqual(moved.map((each) => each.length));
        expect(found.moved.map((each) => each.conversations.map(({ conversation }) => conversation))).toEqual(
          moved.map((each) => each.slice(0, 3)),
        );
        const funnels = [
          (await countResults(baseline, STUDY, TASKS)).funnel,
          (await countResults(candidate, STUDY, TASKS)).funnel,
        ];
        expect(
          found.funnel.map(({ name, baseline: { in: before, out } }) => ({ name, in: before, out })),
        ).toEqual(funnels[0]);
        expect(
          found.funnel.map(({ name, candidate: { in: before, out } }) => ({ name, in: before, out })),
        ).toEqual(funnels[1]);
      }),
      { numRuns: 12 },
    );
  });

  it('says where a conversation that moved stands, and what each prompt says of it', async () => {
    const of = (label: string, topics: string[], left: StudiedConversation['left']): StudiedConversation => ({
      ...{ conversation: 'c1', file: `it's "here".jsonl`, line: 7, humanMessages: 5, cut: false, left },
      answer: {
        status: 'answered',
        label: { primary: label, topics, status: true },
        raw: '',
        usage: {
          input_tokens: 0,
          output_tokens: 0,
          cache_write_tokens: 0,
          cache_read_tokens: 0,
          cost_usd: 0,
        },
        latency_ms: 0,
      },
      further: [],
    });
    const [baseline, candidate] = [newFolder(`'a'`), newFolder('"b" [c]*?')];
    await writeResults(baseline, [of('company', ['company', HOSTILE], null)]);
    await writeResults(candidate, [of('other', [], 'not kept')]);
    const { moved } = await compareResults(baseline, candidate, STUDY, TASKS);
    const place = { conversation: 'c1', file: `it's "here".jsonl`, line: 7 };
    expect(moved.filter((each) => each.moved > 0)).toEqual([
      {
        figure: { kind: 'kept' },
        moved: 1,
        conversations: [{ ...place, before: 'company', after: 'not kept: other' }],
      },
      ...['company', HOSTILE].map((topic) => ({
        figure: { kind: 'topic', topic },
        moved: 1,
        conversations: [{ ...place, before: `${HOSTILE}, company`, after: 'not kept: other' }],
      })),
    ]);
  });
});
