import { readdirSync, truncateSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  answered,
  failed,
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
import { IncompleteRunError, InputError } from '../../errors/errors.ts';
import type { StudyGroup } from '../../schema/study-record.ts';
import { askedFields, classesOf, fieldValue, type Task } from '../../task/task.ts';
import type { StudiedConversation } from '../ask-conversation.ts';
import { countResults } from './count-results.ts';

const count = <T>(items: readonly T[], holds: (item: T) => boolean) => items.filter(holds).length;

/** The value of a field, null where it was not answered. */
function given(task: Task, field: string, answer: StudiedConversation['answer'] | undefined) {
  return answer?.status === 'answered' ? fieldValue(task, field, answer.label) : null;
}

const answerOf = ({ further }: StudiedConversation, suite: string, window: string | null = null) =>
  further.find((each) => each.suite === suite && each.window === window)?.answer;

/** Counts of a group in plain JavaScript. */
function groupOf(topic: string | null, members: readonly StudiedConversation[]): StudyGroup {
  const resists = members.map((member) => given(RESIST, 'resists', answerOf(member, 'resist')));
  const reasons = members.map((member) => given(RESIST, 'reason', answerOf(member, 'resist')));
  const lonely = members.map(({ answer }) => given(WHY, 'lonely', answer));
  const pairs = members.map((member) =>
    ['opening', 'closing'].map((window) => given(TONE, 'tone', answerOf(member, 'tone', window))),
  );
  const levels = ['low', 'middle', 'high'];
  return {
    topic,
    conversations: members.length,
    rates: {
      'resist.resists': {
        answered: count(resists, (value) => value !== null),
        positive: count(resists, (value) => value === true),
        reasons: Object.fromEntries(
          ['harm', 'policy', HOSTILE].map((reason) => [reason, count(reasons, (value) => value === reason)]),
        ),
      },
      'why.lonely': {
        answered: lonely.length,
        positive: count(lonely, (value) => value === true),
        reasons: {},
      },
    },
    shifts: {
      'tone.tone': levels.flatMap((from) =>
        levels.flatMap((to) => {
          const found = count(pairs, ([a, b]) => a === from && b === to);
          return found === 0 ? [] : [{ from, to, count: found }];
        }),
      ),
    },
  };
}

afterAll(removeFolders);

describe('countResults', () => {
  it('counts as plain JavaScript does, whatever the answers and however often an id comes', async () => {
    await fc.assert(
      fc.asyncProperty(studied, async (rows) => {
        const folder = newFolder();
        await writeResults(folder, rows);
        const counts = await countResults(folder, STUDY, TASKS);

        const all = firstOfEach(rows);
        const kept = all.filter(({ left }) => left === null);
        const label = ({ answer }: StudiedConversation) => given(WHY, 'primary', answer);
        expect(counts.corpus).toEqual({
          conversations: all.length,
          repeated: rows.length - all.length,
          cut: count(all, ({ cut }) => cut),
        });
        expect(Object.entries(counts.labels)).toEqual(
          classesOf(WHY.fields.primary ?? expect.fail()).map((each) => [
            each,
            count(all, (one) => label(one) === each),
          ]),
        );
        expect(counts.long).toEqual({
          conversations: count(all, ({ humanMessages }) => humanMessages > 6),
          kept: count(kept, ({ humanMessages }) => humanMessages > 6),
        });
        expect(counts.groups).toEqual([
          groupOf(null, kept),
          ...['coaching', 'company', HOSTILE].map((topic) =>
            groupOf(
              topic,
              kept.filter(({ answer }) => [given(WHY, 'topics', answer)].flat().includes(topic)),
            ),
          ),
        ]);
        const answers = (suite: string) =>
          kept.flatMap(({ further }) => further.filter((each) => each.suite === suite));
        const asked: Record<string, Pick<StudiedConversation, 'answer'>[]> = {
          why: all,
          resist: answers('resist'),
          tone: answers('tone'),
        };
        expect(counts.questions).toEqual(
          Object.entries(asked).map(([suite, questions]) => ({
            suite,
            ...Object.fromEntries(
              ['answered', 'invalid', 'refused', 'failed'].map((status) => [
                status,
                count(questions, ({ answer }) => answer.status === status),
              ]),
            ),
          })),
        );
        const through = (...reasons: (string | null)[]) => count(all, ({ left }) => reasons.includes(left));
        const both = kept.filter(({ further }) => further.length === 3);
        const usable = (each: StudiedConversation, windows: (string | null)[], suite: string) =>
          windows.every((window) => answerOf(each, suite, window)?.status === 'answered');
        const stages = [
          ['read, each id once', rows.length, all.length],
          ['answered', all.length, through(null, 'short', 'not kept', 'dropped')],
          ['not story', through(null, 'short', 'not kept', 'dropped'), through(null, 'short', 'not kept')],
          ['of a label to keep', through(null, 'short', 'not kept'), through(null, 'short')],
          ['company of 4 or more human messages', through(null, 'short'), kept.length],
          ['resist: asked', kept.length, kept.length],
          ['resist: answered', kept.length, count(kept, (each) => usable(each, [null], 'resist'))],
          ['why: asked', kept.length, kept.length],
          ['why: answered', kept.length, kept.length],
          ['tone, opening and closing: asked', kept.length, both.length],
          [
            'tone, opening and closing: answered',
            both.length,
            count(both, (each) => usable(each, ['opening', 'closing'], 'tone')),
          ],
        ];
        expect(counts.funnel).toEqual(
          stages.map(([name, before, after]) => ({ name, in: before, out: after })),
        );
        expect(readdirSync(folder)).toEqual(['results']);
      }),
      { numRuns: 25 },
    );
  });

  it('takes the label for the topic where the study names no field of topics', async () => {
    const { topics: _, ...select } = STUDY.select;
    const study = { ...STUDY, select, rates: [], shifts: [] };
    const folder = newFolder();
    await writeResults(folder, [kept('c1', 'coaching'), kept('c2', 'coaching'), kept('c3', HOSTILE)], {
      study,
    });
    const { groups } = await countResults(folder, study, TASKS);
    expect(groups.map(({ topic, conversations }) => [topic, conversations])).toEqual([
      [null, 3],
      ['coaching', 2],
      ['company', 0],
      [HOSTILE, 1],
    ]);
  });

  it('counts of conversations with one id the first by file and line, with its answers alone', async () => {
    const folder = newFolder();
    const second = { ...kept('c1', 'company'), line: 10 };
    const first = { ...kept('c1', 'coaching', { asked: false }), line: 9 };
    await writeResults(folder, [second, first]);
    const { labels, groups, corpus } = await countResults(folder, STUDY, TASKS);
    expect(corpus.repeated).toBe(1);
    expect(labels).toMatchObject({ coaching: 1, company: 0 });
    expect(groups[0]?.rates['resist.resists']?.answered).toBe(0);
  });

  it('counts a run in which nothing was kept, and one of an empty corpus', async () => {
    const folder = newFolder();
    await writeResults(folder, []);
    expect((await countResults(folder, STUDY, TASKS)).corpus.conversations).toBe(0);
    await writeResults(folder, [
      { ...kept('c1', 'coaching', { asked: false }), answer: failed('failed'), left: 'no answer' },
    ]);
    const { corpus, funnel } = await countResults(folder, STUDY, TASKS);
    expect(corpus.conversations).toBe(1);
    expect(funnel[1]).toEqual({ name: 'answered', in: 1, out: 0 });
  });

  it('refuses a folder without results, and results of other fields', async () => {
    const folder = newFolder();
    await expect(countResults(folder, STUDY, TASKS)).rejects.toThrow(/has no results of a study/);
    await writeResults(folder, []);
    const more: Task = { ...RESIST, fields: { ...RESIST.fields, firm: { kind: 'binary' } } };
    const refusal = countResults(folder, STUDY, [WHY, more, TONE]);
    await expect(refusal).rejects.toThrow(InputError);
    await expect(refusal).rejects.toThrow(/"resist" have no column "firm" of BOOLEAN/);
    const other = { ...STUDY, shifts: [{ suite: 'mood', field: 'tone', from: 'opening', to: 'closing' }] };
    await expect(countResults(folder, other, [...TASKS, { ...TONE, name: 'mood' }])).rejects.toThrow(
      /no results of the suite "mood"/,
    );
    expect(readdirSync(path.dirname(folder))).toEqual(['results']);
  });

  it('says what to do where a file is damaged', async () => {
    const folder = newFolder();
    await writeResults(folder, [kept('c1', 'coaching')]);
    truncateSync(path.join(folder, 'results', 'resist-00001.parquet'), 200);
    const refusal = countResults(folder, STUDY, TASKS);
    await expect(refusal).rejects.toThrow(IncompleteRunError);
    await expect(refusal).rejects.toMatchObject({ mend: expect.stringContaining('run the study again') });
  });
});

function kept(conversation: string, label: string, { asked = true } = {}): StudiedConversation {
  const names = askedFields(RESIST).map(([name]) => name);
  const resists = answered(
    Object.fromEntries(names.map((name) => [name, name === 'resists' ? false : null])),
  );
  return {
    ...{ conversation, file: 'corpus.jsonl', line: 1, humanMessages: 5, cut: false, left: null },
    answer: answered({ primary: label, topics: [label], status: true }),
    further: asked ? [{ suite: 'resist', window: null, answer: resists }] : [],
  };
}
