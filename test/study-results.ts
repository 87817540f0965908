import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { NO_USAGE } from '../src/model/model.ts';
import type { Answer, Label } from '../src/schema/run-record.ts';
import type { Study } from '../src/schema/study.ts';
import type { StudiedConversation } from '../src/study/ask-conversation.ts';
import { leaves } from '../src/study/funnel.ts';
import { openResults } from '../src/study/results/open-results.ts';
import { askedFields, classesOf, type Task } from '../src/task/task.ts';

/** A label that would end a statement, were it ever put into one as it is. */
export const HOSTILE = `'"); DROP TABLE pair; --`;

const TOPICS = ['coaching', 'company', HOSTILE];

/** The selecting suite; one of its fields has the name of another column. */
export const WHY: Task = {
  name: 'why',
  windows: null,
  fields: {
    primary: { kind: 'nominal', labels: [...TOPICS, 'story', 'other'] },
    topics: { kind: 'set', labels: TOPICS },
    lonely: { kind: 'binary', from: 'primary', true_for: ['company', HOSTILE] },
    status: { kind: 'binary' },
  },
};

export const RESIST: Task = {
  name: 'resist',
  windows: null,
  fields: {
    resists: { kind: 'binary' },
    reason: { kind: 'nominal', labels: ['harm', 'policy', HOSTILE], only_where: 'resists' },
  },
};

export const TONE: Task = {
  name: 'tone',
  windows: { opening: { take: 'first', messages: 3 }, closing: { take: 'last', messages: 3, at_least: 6 } },
  fields: { tone: { kind: 'ordinal', levels: { low: -1, middle: 0, high: 1 } } },
};

export const TASKS = [WHY, RESIST, TONE];

export const STUDY: Study = {
  name: 'small',
  select: {
    suite: 'why',
    field: 'primary',
    drop: ['story'],
    keep: TOPICS,
    at_least: { company: 4 },
    topics: 'topics',
  },
  rates: [
    { suite: 'resist', field: 'resists', reasons: 'reason' },
    { suite: 'why', field: 'lonely' },
  ],
  shifts: [{ suite: 'tone', field: 'tone', from: 'opening', to: 'closing' }],
  long_over: 6,
};

const made: string[] = [];

/** A path in a new folder. */
export function newFolder(name = 'results'): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'touchstone-study-'));
  made.push(folder);
  return path.join(folder, name);
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export function answered(label: Label): Answer {
  return { status: 'answered', label, raw: '', usage: NO_USAGE, latency_ms: 0 };
}

export function failed(status: 'invalid' | 'refused' | 'failed'): Answer {
  return { status, reason: 'none', raw: '', usage: NO_USAGE, latency_ms: 0 };
}

/** Answers of a task: most are usable. */
function answerTo(task: Task): fc.Arbitrary<Answer> {
  const label = fc.record(
    Object.fromEntries(
      askedFields(task).map(([name, field]): [string, fc.Arbitrary<Label[string]>] => {
        if (field.kind === 'binary') return [name, fc.boolean()];
        const classes = classesOf(field);
        return [name, field.kind === 'set' ? fc.subarray(classes) : fc.constantFrom(...classes)];
      }),
    ),
  );
  return fc.oneof(
    { weight: 6, arbitrary: label.map((each) => answered(each)) },
    { weight: 1, arbitrary: fc.constantFrom('invalid', 'refused', 'failed').map((each) => failed(each)) },
  );
}

/** What a run of `STUDY` gives for a corpus in which some ids come more than once. */
export const studied: fc.Arbitrary<StudiedConversation[]> = fc
  .array(
    fc.record({
      id: fc.nat(30),
      humanMessages: fc.integer({ min: 1, max: 9 }),
      cut: fc.boolean(),
      answer: answerTo(WHY),
      resist: answerTo(RESIST),
      opening: answerTo(TONE),
      closing: answerTo(TONE),
    }),
    { maxLength: 60, size: 'max' },
  )
  .map((conversations) =>
    conversations.map(({ id, humanMessages, cut, answer, resist, opening, closing }, index) => {
      const left = leaves(STUDY, answer, humanMessages);
      const windows = humanMessages < 6 ? [] : [windowOf('opening', opening), windowOf('closing', closing)];
      return {
        ...{ conversation: `c${id}`, file: 'corpus.jsonl', line: index + 1 },
        ...{ humanMessages, cut, answer, left },
        further: left === null ? [{ suite: 'resist', window: null, answer: resist }, ...windows] : [],
      };
    }),
  );

function windowOf(window: string, answer: Answer) {
  return { suite: 'tone', window, answer };
}

/** Writes the results of a run of `STUDY` to the end. */
export async function writeResults(
  folder: string,
  conversations: readonly StudiedConversation[],
  { study = STUDY, tasks = TASKS }: { study?: Study; tasks?: readonly Task[] } = {},
): Promise<void> {
  const writer = await openResults(folder, study, tasks);
  await writer.add(conversations);
  await writer.finish();
}

/** Conversations that count: of those with one id, the first. */
export function firstOfEach(conversations: readonly StudiedConversation[]): StudiedConversation[] {
  const seen = new Set<string>();
  return conversations.filter(({ conversation }) => {
    if (seen.has(conversation)) return false;
    seen.add(conversation);
    return true;
  });
}
