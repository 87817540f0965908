import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../errors/errors.ts';
import type { Task } from '../task/task.ts';
import { parseConversations } from './conversations.ts';
import { parseLabels } from './labels.ts';

const TASK: Task = {
  name: 'mood',
  windows: { opening: { take: 'first', messages: 1 }, closing: { take: 'last', messages: 1, at_least: 2 } },
  fields: {
    primary: { kind: 'nominal', labels: ['coaching', 'counseling', 'other'] },
    topics: { kind: 'set', labels: ['coaching', 'counseling'], contains: 'primary' },
    pushback: { kind: 'binary' },
    reason: { kind: 'nominal', labels: ['policy', 'harm'], only_where: 'pushback' },
    level: { kind: 'ordinal', levels: { low: 0, high: 1 } },
    affective: { kind: 'binary', from: 'primary', true_for: ['coaching'] },
  },
};

const LABEL = { primary: 'coaching', topics: ['coaching'], pushback: false, reason: null, level: 'low' };
const SOUND = { id: 'c1', window: 'opening', ...LABEL };
const FILE = 'goldens/labels/mood.jsonl';

/** c1 and c2 with one user message, c3 with two. */
function conversations() {
  const user = { role: 'user', content: 'hi' };
  const lines = [[user], [user], [user, { role: 'assistant', content: 'hello' }, user]].map(
    (messages, index) =>
      JSON.stringify({ id: `c${index + 1}`, lang: 'en', family: 'f1', tags: [], messages }),
  );
  return parseConversations(new TextEncoder().encode(lines.join('\n')), 'goldens/conversations.jsonl').value;
}

function parse(lines: readonly unknown[], task = TASK, of: ReturnType<typeof conversations> | null = null) {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return parseLabels(new TextEncoder().encode(text), FILE, task, of);
}

function saidOf(lines: readonly unknown[], of: ReturnType<typeof conversations> | null = null): string[] {
  const said = new InputError(parse(lines, TASK, of).problems).message.split('\n');
  return said.map((line) => line.replace(FILE, ''));
}

describe('a sound label line', () => {
  it('gives its label, its votes and its note', () => {
    const vote = { by: 'a', ...LABEL, level: 'high', unsure: true };
    expect(parse([{ ...SOUND, adjudicated: true, votes: [vote], note: 'why' }])).toEqual({
      value: [
        {
          id: 'c1',
          window: 'opening',
          label: LABEL,
          votes: [{ by: 'a', label: { ...LABEL, level: 'high' }, unsure: true }],
          adjudicated: true,
          note: 'why',
          line: 1,
        },
      ],
      problems: [],
    });
  });

  it('needs no votes', () => {
    expect(parse([SOUND])).toMatchObject({
      value: [{ votes: [], adjudicated: false, note: null }],
      problems: [],
    });
  });

  it('has its sets in the order of the suite', () => {
    const { value } = parse([{ ...SOUND, topics: ['counseling', 'coaching'] }]);
    expect(value[0]?.label.topics).toEqual(['coaching', 'counseling']);
  });

  it('has no window where the task has none', () => {
    const task = { ...TASK, windows: null };
    const { window: _, ...line } = SOUND;
    expect(parse([line], task)).toMatchObject({ value: [{ window: null }], problems: [] });
    expect(new InputError(parse([SOUND], task).problems).message).toContain('unknown property "window"');
  });
});

describe('what is said of a faulty label line', () => {
  it.each([
    [
      'an unknown label',
      { primary: 'coachng', topics: [] },
      ':1 (c1): unknown primary "coachng". Did you mean "coaching"? Use one of coaching, counseling, other.',
    ],
    [
      'an unknown label in a set',
      { topics: ['coaching', 'x'] },
      ':1 (c1): unknown value "x" in topics. Use one of coaching, counseling.',
    ],
    [
      'an unknown level',
      { level: 'hihg' },
      ':1 (c1): unknown level "hihg". Did you mean "high"? Use one of low, high.',
    ],
    ['a missing value', { pushback: undefined }, ':1 (c1): missing property "pushback". Add "pushback".'],
    [
      'a value of the wrong type',
      { pushback: 'no' },
      ':1 (c1): pushback is text, not true or false. Write true or false.',
    ],
    [
      'a value for a derived field',
      { affective: true },
      ':1 (c1): unknown property "affective". Use one of id, window, primary, topics, pushback, reason, level, adjudicated, votes, note.',
    ],
    [
      'a window that the task lacks',
      { window: 'openin' },
      ':1 (c1): unknown window "openin". Did you mean "opening"? Use one of opening, closing.',
    ],
    ['no window', { window: undefined }, ':1 (c1): missing property "window". Add "window".'],
    [
      'a set without the primary',
      { topics: ['counseling'] },
      ':1 (c1): topics lacks "coaching", the primary. Add "coaching" to topics.',
    ],
    [
      'a set that must be empty',
      { primary: 'other' },
      ':1 (c1): topics is not empty though primary is "other". Empty topics, or change primary.',
    ],
    [
      'a reason without pushback',
      { reason: 'harm' },
      ':1 (c1): reason is given though pushback is false. Set reason to null.',
    ],
    [
      'pushback without a reason',
      { pushback: true },
      ':1 (c1): pushback is true without a reason. Give reason one of its labels.',
    ],
    [
      'an unknown reason',
      { pushback: true, reason: 'ham' },
      ':1 (c1): unknown reason "ham". Did you mean "harm"? Use one of policy, harm, null.',
    ],
    [
      'an unknown label in a vote',
      { votes: [{ by: 'a', ...LABEL, level: 'x' }] },
      ':1 (c1): unknown level "x" in votes[0]. Use one of low, high.',
    ],
    [
      'a vote that contradicts itself',
      { votes: [{ by: 'a', ...LABEL, reason: 'harm' }] },
      ':1 (c1): reason is given though pushback is false in votes[0]. Set reason to null in votes[0].',
    ],
    [
      'two votes by one annotator',
      {
        votes: [
          { by: 'a', ...LABEL },
          { by: 'a', ...LABEL },
        ],
      },
      ':1 (c1): votes[1] is a second vote by "a". Remove one of the two votes.',
    ],
    ['a vote by nobody', { votes: [LABEL] }, ':1 (c1): missing property "by" in votes[0]. Add "by".'],
  ])('%s', (_, change, said) => {
    expect(saidOf([{ ...SOUND, ...change }])).toEqual([said]);
  });

  it('a label given twice names the first line; another window is another label', () => {
    expect(saidOf([SOUND, { ...SOUND, window: 'closing' }, SOUND])).toEqual([
      ':3 (c1): labelled already on line 1. Remove one of the two lines.',
    ]);
  });

  it('an empty file', () => {
    expect(saidOf([], conversations())).toEqual([': the file is empty. Write one label on each line.']);
  });
});

describe('labels and the conversations that they are about', () => {
  const all = ['c1', 'c2', 'c3']
    .map((id) => ({ ...SOUND, id }))
    .concat({ ...SOUND, id: 'c3', window: 'closing' });

  it('are sound when every window that applies has its line', () => {
    expect(parse(all, TASK, conversations())).toMatchObject({ value: { length: 4 }, problems: [] });
  });

  it('every conversation and window without a line is named', () => {
    expect(saidOf(all.slice(1, -1), conversations())).toEqual([
      ' (c3): the conversation has no label for window closing. Add a line for it.',
      ' (c1): the conversation has no label for window opening. Add a line for it.',
    ]);
  });

  it('a window that the conversation is too short for', () => {
    expect(saidOf([...all, { ...SOUND, window: 'closing' }], conversations())).toEqual([
      ':5 (c1): window closing needs 2 user messages and the conversation has fewer. Remove the line.',
    ]);
  });

  it('a conversation that does not exist', () => {
    expect(saidOf([...all, { ...SOUND, id: 'c33' }], conversations())).toEqual([
      ':5 (c33): goldens/conversations.jsonl has no such conversation. Did you mean "c3"? Remove the line, or add the conversation.',
    ]);
  });

  it('a line that is faulty for another reason is not also called missing', () => {
    const said = saidOf(['{"id": "c1", "window"', { ...all[1], level: 3 }, ...all.slice(2)], conversations());
    expect(said).toEqual([
      ':1 (c1): not valid JSON at column 22. Write one JSON object on one line.',
      ':2 (c2): unknown level 3. Use one of low, high.',
    ]);
  });

  it('ten different mistakes are all said at once', () => {
    const said = saidOf(
      [
        'nonsense',
        { ...SOUND, id: 'c1', level: 'x' },
        { ...SOUND, id: 'c1' },
        { ...SOUND, id: 'c9' },
        { ...SOUND, id: 'c2', window: 'closing' },
        { ...SOUND, id: 'c2', topics: [] },
        { ...SOUND, id: 'c3', reason: 'harm' },
        { ...SOUND, id: 'c3', window: 'closing', votes: [{ by: 'a' }], nota: '' },
      ],
      conversations(),
    );
    expect(said.map((line) => line.slice(0, line.indexOf(':', 1)))).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 8, 8].map(
        (line, at) =>
          `:${line}${at === 0 ? '' : ` (${['', 'c1', 'c1', 'c9', 'c2', 'c2', 'c3', 'c3'][line - 1]})`}`,
      ),
    );
  });

  it('never throws for any bytes or any JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.jsonValue(), (bytes, json) => {
        expect(parseLabels(bytes, FILE, TASK, conversations()).value).toEqual([]);
        expect(
          parse([json, { ...SOUND, primary: json, votes: json }], TASK, conversations()).problems,
        ).not.toEqual([]);
      }),
    );
  });
});
