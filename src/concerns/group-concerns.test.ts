import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits } from '../schema/check.ts';
import { ConcernsRecord } from '../schema/concerns.ts';
import { concernsRecord } from './concerns-record.ts';
import { type ConcernLine, groupConcerns } from './group-concerns.ts';

const linesOf = (texts: readonly string[], topics: readonly string[] = ['counseling']): ConcernLine[] =>
  texts.map((line, index) => ({ conversation: `c${index}`, topics, line }));
const unnamed = async () => null;
const options = { minGroup: 20, seed: 1, name: unnamed };
const SLEEP: string[] = Array(25).fill('trouble sleeping at night');
const GRIEF: string[] = Array(40).fill('grief after a funeral');

describe('groups of concerns', () => {
  it('are counted, named by their words and shown from the smallest size on', async () => {
    expect(await groupConcerns(linesOf([...SLEEP, ...GRIEF, 'a parrot']), options)).toEqual({
      conversations: 66,
      groups: [
        {
          name: 'Funeral, grief',
          namedBy: 'words',
          conversations: 40,
          share: 40 / 66,
          byTopic: { counseling: 40 },
        },
        {
          name: 'Night, sleeping, trouble',
          namedBy: 'words',
          conversations: 25,
          share: 25 / 66,
          byTopic: { counseling: 25 },
        },
      ],
      merged: 0,
      dropped: 1,
      refusedNames: 0,
    });
  });

  it('take the name that is given for some of their lines, if it may be published', async () => {
    const name = async (lines: readonly string[]) =>
      lines.includes('grief after a funeral') ? 'funeral and grief' : 'Sleeping like Zorbina';
    const { groups, refusedNames } = await groupConcerns(linesOf([...SLEEP, ...GRIEF]), { ...options, name });
    expect(groups.map((group) => [group.name, group.namedBy])).toEqual([
      ['Funeral and grief', 'model'],
      ['Night, sleeping, trouble', 'words'],
    ]);
    expect(refusedNames).toBe(1);
  });

  it('are one where they have the same name', async () => {
    const { groups } = await groupConcerns(linesOf([...SLEEP, ...GRIEF]), {
      ...options,
      name: async () => 'Grief at night',
    });
    expect(groups).toMatchObject([{ name: 'Grief at night', conversations: 65, share: 1 }]);
  });

  it('stay without a name where no word of theirs may be published', async () => {
    const { groups } = await groupConcerns(linesOf([...GRIEF, ...Array(30).fill('Zorbina Okafor')]), options);
    expect(groups.map(({ name, conversations }) => [name, conversations])).toEqual([
      ['Funeral, grief', 40],
      [null, 30],
    ]);
  });

  it('count a conversation once, in each of its topics, and leave rare topics out', async () => {
    const lines = linesOf([...SLEEP, ...GRIEF], ['coaching', 'counseling', 'coaching']);
    const odd = { conversation: 'c0', topics: ['roleplay'], line: 'a parrot' };
    const few = lines.map((line, index) => (index < 5 ? { ...line, topics: ['companionship'] } : line));
    const { conversations, groups } = await groupConcerns([...few, odd, ...lines], options);
    expect(conversations).toBe(65);
    expect(groups[0]?.byTopic).toEqual({ coaching: 40, counseling: 40 });
    expect(JSON.stringify(groups)).not.toContain('companionship');
  });

  it('do not depend on the order of the lines', async () => {
    const lines = linesOf([...SLEEP, ...GRIEF, ...Array(9).fill('sleeping after grief'), 'a parrot']);
    const expected = await groupConcerns(lines, options);
    const order = fc.shuffledSubarray(lines, { minLength: lines.length });
    await fc.assert(
      fc.asyncProperty(order, async (shuffled) => {
        expect(await groupConcerns(shuffled, options)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('are none without lines', async () => {
    const none = { conversations: 0, groups: [], merged: 0, dropped: 0, refusedNames: 0 };
    expect(await groupConcerns([], options)).toEqual(none);
  });
});

describe('what leaves', () => {
  const SECRETS = [
    'Zorbina',
    'MARIA',
    'maria',
    'Okafor',
    'o.kafor@example.com',
    '+1 555 010 9999',
    '@zorb_1',
  ];
  const LETTERS_OF_SECRETS = /zorbina|maria|okafor|kafor|zorb|example/i;
  const HOSTILE = [
    '<script>x</script>',
    '::error::x',
    '[a](https://x.y)',
    '\u202e',
    '{{7*7}}',
    '=1+1',
    '`x`',
  ];
  const word = fc.constantFrom('sleep', 'grief', 'work', 'night', 'with', 'a', 'manager', 'funeral');
  const text = fc
    .array(fc.oneof({ weight: 6, arbitrary: word }, fc.constantFrom(...SECRETS, ...HOSTILE)), {
      minLength: 1,
      maxLength: 7,
    })
    .map((words) => words.join(' '));

  it('holds no contact, name or markup and no small group, whatever the lines and names are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 2, max: 30 }),
        fc.oneof(fc.constantFrom(...SECRETS, ...HOSTILE), text, fc.string({ unit: 'binary' })),
        async (texts, times, minGroup, given) => {
          const lines = linesOf(Array(times).fill(texts).flat());
          const concerns = await groupConcerns(lines, { minGroup, seed: 1, name: async () => given });
          const about = { study: 'affective-use', model: 'embedded', minGroup, seed: 1, withoutLine: 3 };
          const record = concernsRecord(concerns, about);
          expect(fits(ConcernsRecord, record)).toBe(true);
          for (const group of record.groups) {
            expect(group.name ?? '').toMatch(/^[\p{Script=Latin} '’,-]*$/u);
            expect(group.name ?? '').not.toMatch(LETTERS_OF_SECRETS);
            for (const count of [group.conversations, ...Object.values(group.by_topic)])
              expect(count).toBeGreaterThanOrEqual(minGroup);
          }
          const shown = record.groups.reduce((sum, { conversations }) => sum + conversations, 0);
          expect(shown + record.not_shown.dropped).toBe(lines.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
