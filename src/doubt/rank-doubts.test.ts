import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Label } from '../schema/run-record.ts';
import type { Task } from '../task/task.ts';
import { doubtWords } from './doubt-words.ts';
import { type JudgedCase, rankDoubts } from './rank-doubts.ts';

const TASK: Pick<Task, 'fields'> = {
  fields: {
    primary: { kind: 'nominal', labels: ['coaching', 'counseling', 'other'] },
    topics: { kind: 'set', labels: ['coaching', 'counseling'] },
    tone: { kind: 'ordinal', levels: { down: -1, even: 0, up: 1 } },
    resists: { kind: 'binary' },
    reason: { kind: 'nominal', labels: ['policy', 'harm'], only_where: 'resists' },
  },
};
const GOOD: Label = { primary: 'coaching', topics: ['coaching'], tone: 'up', resists: false, reason: null };

function judged(
  id: string,
  label: Label,
  answers: readonly Label[],
  more: Partial<JudgedCase> = {},
): JudgedCase {
  const given = answers.map((answer) => [answer]);
  return {
    ...{ id, window: null, label, adjudicated: false, votes: [], doubted: [] },
    answers: given,
    ...more,
  };
}
const vote = (by: string, label: Label, unsure = false) => ({ by, label, unsure });
const say = (primary: string) => [0, 1, 2, 3, 4].map((): Label => ({ ...GOOD, primary }));
/** Cases that everybody agrees on, of every class. */
const AGREED = Array.from({ length: 30 }, (_, index) => {
  const label: Label = {
    primary: ['coaching', 'counseling', 'other'][index % 3] ?? '',
    topics: [[], ['coaching'], ['counseling']][index % 3] ?? [],
    tone: ['down', 'even', 'up'][index % 3] ?? '',
    resists: index % 2 === 0,
    reason: index % 2 === 0 ? (index % 4 === 0 ? 'policy' : 'harm') : null,
  };
  return judged(`a${index}`, label, [label, label, label, label, label]);
});
const wordsOf = (cases: readonly JudgedCase[]) =>
  rankDoubts(TASK, cases).doubted.map(
    ({ id, doubts }) => `${id} ${doubts.map((doubt) => `${doubt.field}: ${doubtWords(doubt)}`).join(' | ')}`,
  );

describe('ranking doubts', () => {
  it('doubts nothing that nobody contradicts', () => {
    expect(rankDoubts(TASK, AGREED).doubted).toEqual([]);
    expect(rankDoubts(TASK, AGREED).noise.every(({ noise }) => noise < 1e-9)).toBe(true);
  });

  it('says in words what speaks against a label of each kind', () => {
    const cases = [
      judged('c1', GOOD, [GOOD, ...say('counseling').slice(1)]),
      judged(
        'c2',
        GOOD,
        [1, 2, 3].map(() => ({ ...GOOD, topics: ['coaching', 'counseling'] })),
      ),
      judged(
        'c3',
        GOOD,
        [1, 2, 3].map(() => ({ ...GOOD, topics: [] })),
      ),
      judged(
        'c4',
        GOOD,
        [1, 2, 3].map(() => ({ ...GOOD, tone: 'down' })),
      ),
      judged('c5', GOOD, [], { votes: [vote('a', GOOD), vote('b', { ...GOOD, tone: 'even' }, true)] }),
      judged('c6', GOOD, [GOOD], { doubted: [{ field: 'primary', by: 'ana' }] }),
      judged('c7', GOOD, [], { votes: [vote('a', GOOD, true)] }),
      judged(
        'c8',
        { ...GOOD, resists: true, reason: 'harm' },
        [1, 2, 3].map(() => ({ ...GOOD, resists: true, reason: 'policy' })),
      ),
    ];
    const words = wordsOf([...AGREED, ...cases]).toSorted();
    expect(words).toEqual([
      'c1 primary: 4 of 5 runs say counseling',
      'c2 topics: 3 of 3 runs add counseling',
      'c3 topics: 3 of 3 runs leave coaching out',
      'c4 tone: 3 of 3 runs say down, 2 steps away',
      'c5 tone: votes 1 to 1; 1 vote unsure',
      'c6 primary: marked doubtful by ana; the runs do not contradict it',
      'c7 primary: 1 vote unsure',
      'c8 reason: 3 of 3 runs say policy',
    ]);
  });

  it('ranks by how many runs and votes speak against, and a distant level above a near one', () => {
    const against = (count: number, change: Partial<Label>) =>
      [0, 1, 2, 3, 4].map((run) => (run < count ? ({ ...GOOD, ...change } as Label) : GOOD));
    const split = [vote('a', GOOD), vote('b', { ...GOOD, primary: 'other' })];
    const sure = [vote('a', GOOD), vote('b', GOOD)];
    const five = against(5, { primary: 'other' });
    const ranked = rankDoubts(TASK, [
      ...AGREED,
      judged('three', GOOD, against(3, { primary: 'other' })),
      judged('five', GOOD, five),
      judged('five-and-split', GOOD, five, { votes: split, doubted: [{ field: 'primary', by: 'x' }] }),
      judged('five-but-sure', GOOD, five, { votes: sure }),
      judged('five-but-adjudicated', GOOD, five, { votes: sure, adjudicated: true }),
    ]).doubted.map(({ id }) => id);
    expect(ranked).toEqual(['five-and-split', 'five', 'three', 'five-but-sure', 'five-but-adjudicated']);
    const [first] = rankDoubts(TASK, [
      ...AGREED,
      judged('near', GOOD, against(5, { tone: 'even' })),
      judged('far', GOOD, against(5, { tone: 'down' })),
    ]).doubted;
    expect(first?.id).toBe('far');
  });

  it('takes a confusion that runs make all the time for theirs, and one they never make for the label', () => {
    const usual = Array.from({ length: 8 }, (_, index) => judged(`usual${index}`, GOOD, say('counseling')));
    const { doubted, noise } = rankDoubts(TASK, [...AGREED, ...usual, judged('rare', GOOD, say('other'))]);
    expect(doubted[0]?.id).toBe('rare');
    const [confusion] = noise.find(({ field }) => field === 'primary')?.confusions ?? [];
    expect(confusion).toMatchObject({
      label: 'coaching',
      runsSay: 'counseling',
      cases: 8,
      isSystematic: true,
    });
  });

  it('counts a run that was asked repeatedly once, and passes over runs without an answer', () => {
    const other: Label = { ...GOOD, primary: 'other' };
    const once = judged('c1', GOOD, [], { answers: [[other, other, other, GOOD], [GOOD], []] });
    const [found] = rankDoubts(TASK, [...AGREED, once]).doubted;
    expect(found).toBeUndefined();
    const more = judged('c1', GOOD, [], { answers: [[other, other, other, GOOD], [other], []] });
    const [doubt] = rankDoubts(TASK, [...AGREED, more]).doubted[0]?.doubts ?? [];
    expect(doubt?.runs).toMatchObject({
      count: 2,
      said: [
        { value: 'other', count: 1.75 },
        { value: 'coaching', count: 0.25 },
      ],
    });
  });

  it('gives the same ranking whatever the order of cases, runs and votes', () => {
    const label = fc
      .constantFrom('coaching', 'counseling', 'other')
      .map((primary): Label => ({ ...GOOD, primary }));
    const some = fc.array(
      fc.tuple(label, fc.array(label, { maxLength: 4 }), fc.array(label, { maxLength: 3 })),
      {
        maxLength: 15,
      },
    );
    fc.assert(
      fc.property(some, (drawn) => {
        const cases = drawn.map(([own, answers, votes], index) =>
          judged(`c${index}`, own, answers, { votes: votes.map((each, by) => vote(String(by), each)) }),
        );
        const turned = cases.toReversed().map((each) => {
          return { ...each, answers: each.answers.toReversed(), votes: each.votes.toReversed() };
        });
        const idsOf = (all: readonly JudgedCase[]) => rankDoubts(TASK, all).doubted.map(({ id }) => id);
        expect(idsOf(turned)).toEqual(idsOf(cases));
      }),
    );
  });
});
