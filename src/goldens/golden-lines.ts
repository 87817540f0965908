import type Type from 'typebox';
import type { Problem } from '../errors/problem.ts';
import { nearest, violationsOf } from '../schema/check.ts';
import type { Label } from '../schema/run-record.ts';
import { askedFields, type Task } from '../task/task.ts';
import { type Conversations, idOf } from './conversations.ts';
import { readJsonLines } from './jsonl.ts';
import { contradictionsOf } from './label-rules.ts';
import { windowMessages } from './window.ts';

/** One annotator's label. */
export interface Vote {
  by: string;
  label: Label;
  unsure: boolean;
  /** What the annotator remarked; absent where nothing. */
  note?: string;
}

/** A vote as its schema grants it. */
export type VoteLine = Label & { by: string; unsure?: boolean; note?: string };

/** What a line says of a case beyond its own values. */
export interface VotedCase {
  /** The conversation's. */
  id: string;
  /** Null in a task without windows. */
  window: string | null;
  votes: Vote[];
}

/** The cases that the lines of a file speak of, rightly or not. */
export interface SpokenOf {
  /** First line of each case, by `keyOf`. */
  lines: ReadonlyMap<string, number>;
  /** Conversations of which some line speaks, but not clearly enough to say what is missing. */
  unclear: ReadonlySet<string | null>;
}

export const NOTHING: SpokenOf = { lines: new Map(), unclear: new Set() };

interface Fault {
  what: string;
  mend: string;
}

/** How one kind of line, of `labels/` or of `open/`, is read. */
interface LineKind<T extends VotedCase> {
  schema: Type.TSchema;
  /** What is said of a case that an earlier line has: `labelled already`. */
  already: string;
  /** What a line that fits the schema means. */
  read(value: unknown, line: number): T;
  /** What is wrong with it beyond its schema, votes apart. */
  faultsOf(read: T): Fault[];
}

/** Beyond so many comparisons of ids, looking for the one that was meant takes too long. */
const MOST_COMPARISONS = 1_000_000;

/**
 * Reads lines about cases: the sound ones, a problem for everything that is wrong, and of which cases there
 * is a line. Without conversations (null) nothing is compared with them.
 */
export function readGoldenLines<T extends VotedCase>(
  bytes: Uint8Array,
  file: string,
  task: Task,
  conversations: Conversations | null,
  kind: LineKind<T>,
): { value: T[]; problems: Problem[]; spoken: SpokenOf; isEmpty: boolean } {
  const json = readJsonLines(bytes, file);
  const problems = [...json.problems];
  const sound: T[] = [];
  const lines = new Map<string, number>();
  const unclear = new Set(json.problems.map((problem) => problem.id));
  for (const { line, value } of json.value) {
    const id = idOf(value);
    const before = problems.length;
    const report = (what: string, mend: string) => problems.push({ file, line, id, what, mend });
    const violations = violationsOf(kind.schema, value);
    for (const { what, mend } of violations) report(what, mend);
    if (id !== null) {
      const window = task.windows === null ? null : windowOf(value);
      if (task.windows !== null && !Object.hasOwn(task.windows, window ?? '')) unclear.add(id);
      const key = keyOf(id, window);
      const first = lines.get(key);
      if (first === undefined) lines.set(key, line);
      else report(`${kind.already} on line ${first}`, 'Remove one of the two lines');
      if (conversations?.lines.has(id) === false)
        report(`${conversations.file} has no such conversation`, mendId(id, conversations, problems.length));
    }
    if (violations.length > 0) continue;
    const read = kind.read(value, line);
    const faults = [
      ...kind.faultsOf(read),
      ...read.votes.flatMap((_, index) => voteFaults(task, read.votes, index)),
      ...windowFaults(task, read, conversations),
    ];
    for (const { what, mend } of faults) report(what, mend);
    if (problems.length === before) sound.push(read);
  }
  const isEmpty = json.value.length === 0 && problems.length === 0;
  return { value: sound, problems, spoken: { lines, unclear }, isEmpty };
}

/** Names a case among those of one task. */
export function keyOf(id: string, window: string | null): string {
  return JSON.stringify([id, window]);
}

/** The votes of a line that fits its schema. */
export function votesOf(task: Task, votes: readonly VoteLine[] | undefined): Vote[] {
  return (votes ?? []).map((vote) => ({
    by: vote.by,
    label: labelOf(task, vote),
    unsure: vote.unsure ?? false,
    ...(vote.note === undefined ? {} : { note: vote.note }),
  }));
}

/** A value for each field that annotators label; sets in the suite's order. */
export function labelOf(task: Pick<Task, 'fields'>, values: Label): Label {
  return Object.fromEntries(
    askedFields(task).map(([name, field]) => {
      const value = values[name] ?? null;
      const isSet = field.kind === 'set' && Array.isArray(value);
      return [name, isSet ? field.labels.filter((label) => value.includes(label)) : value];
    }),
  );
}

function voteFaults(task: Task, votes: readonly Vote[], index: number): Fault[] {
  const vote = votes[index];
  if (vote === undefined) return [];
  const where = `votes[${index}]`;
  const faults = contradictionsOf(task, vote.label).map(({ what, mend }) => {
    return { what: `${what} in ${where}`, mend: `${mend} in ${where}` };
  });
  if (votes.findIndex(({ by }) => vote.by === by) < index)
    faults.push({
      what: `${where} is a second vote by ${JSON.stringify(vote.by)}`,
      mend: 'Remove one of the two votes',
    });
  return faults;
}

function windowFaults(task: Task, read: VotedCase, conversations: Conversations | null): Fault[] {
  const conversation = conversations?.byId.get(read.id);
  const window = read.window === null ? undefined : task.windows?.[read.window];
  if (conversation === undefined || window === undefined || windowMessages(conversation, window) !== null)
    return [];
  const what = `window ${read.window} needs ${window.at_least} user messages and the conversation has fewer`;
  return [{ what, mend: 'Remove the line' }];
}

function windowOf(value: unknown): string | null {
  const window: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'window') : null;
  return typeof window === 'string' ? window : null;
}

function mendId(id: string, { lines }: Conversations, problemsSoFar: number): string {
  const mend = 'Remove the line, or add the conversation';
  if (lines.size * problemsSoFar > MOST_COMPARISONS) return mend;
  const meant = nearest(id, lines.keys());
  return meant === null ? mend : `Did you mean "${meant}"? ${mend}`;
}
