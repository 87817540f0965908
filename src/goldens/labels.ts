import type { Problem } from '../errors/problem.ts';
import { nearest, violationsOf } from '../schema/check.ts';
import { labelLineSchema } from '../schema/label.ts';
import type { Label } from '../schema/run-record.ts';
import { askedFields, type Task } from '../task/task.ts';
import { type Conversations, idOf } from './conversations.ts';
import { readJsonLines } from './jsonl.ts';
import { contradictionsOf } from './label-rules.ts';
import type { GoldenLabel } from './load.ts';
import { windowMessages } from './window.ts';

/** A label line as its schema grants it. */
type LabelLine = Label & { id: string; window?: string; note?: string; votes?: VoteLine[] };
type VoteLine = Label & { by: string; unsure?: boolean };

/** Beyond so many comparisons of ids, looking for the one that was meant takes too long. */
const MOST_COMPARISONS = 1_000_000;

/**
 * Reads label lines: the sound ones, and a problem for everything that is wrong, conversations and windows
 * without a label included. Without conversations (null) nothing is compared with them.
 */
export function parseLabels(
  bytes: Uint8Array,
  file: string,
  task: Task,
  conversations: Conversations | null,
): { value: GoldenLabel[]; problems: Problem[] } {
  const read = readJsonLines(bytes, file);
  const problems = [...read.problems];
  const schema = labelLineSchema(task);
  const labels: GoldenLabel[] = [];
  const firstLines = new Map<string, number>();
  /** Conversations of which some line speaks, but not clearly enough to say what is missing. */
  const unclear = new Set(read.problems.map((problem) => problem.id));
  for (const { line, value } of read.value) {
    const id = idOf(value);
    const before = problems.length;
    const report = (what: string, mend: string) => problems.push({ file, line, id, what, mend });
    const violations = violationsOf(schema, value);
    for (const { what, mend } of violations) report(what, mend);
    if (id !== null) {
      const window = task.windows === null ? null : windowOf(value);
      if (task.windows !== null && !Object.hasOwn(task.windows, window ?? '')) unclear.add(id);
      const key = keyOf(id, window);
      const first = firstLines.get(key);
      if (first === undefined) firstLines.set(key, line);
      else report(`labelled already on line ${first}`, 'Remove one of the two lines');
      if (conversations?.lines.has(id) === false)
        report(`${conversations.file} has no such conversation`, mendId(id, conversations, problems.length));
    }
    if (violations.length > 0) continue;
    const golden = goldenOf(task, value as LabelLine, line);
    for (const { what, mend } of faultsOf(task, golden, conversations)) report(what, mend);
    if (problems.length === before) labels.push(golden);
  }
  if (read.value.length === 0 && problems.length === 0) {
    problems.push({
      file,
      line: null,
      id: null,
      what: 'the file is empty',
      mend: 'Write one label on each line',
    });
  } else if (conversations !== null) {
    for (const { id, window } of unlabelled(task, conversations, firstLines)) {
      if (unclear.has(id)) continue;
      const what = `the conversation has no label${window === null ? '' : ` for window ${window}`}`;
      problems.push({ file, line: null, id, what, mend: 'Add a line for it' });
    }
  }
  return { value: labels, problems };
}

function goldenOf(task: Task, line: LabelLine, number: number): GoldenLabel {
  const votes = (line.votes ?? []).map((vote) => ({
    by: vote.by,
    label: labelOf(task, vote),
    unsure: vote.unsure ?? false,
  }));
  return {
    id: line.id,
    window: line.window ?? null,
    label: labelOf(task, line),
    votes,
    note: line.note ?? null,
    line: number,
  };
}

function labelOf(task: Task, values: Label): Label {
  return Object.fromEntries(
    askedFields(task).map(([name, field]) => {
      const value = values[name] ?? null;
      const isSet = field.kind === 'set' && Array.isArray(value);
      return [name, isSet ? field.labels.filter((label) => value.includes(label)) : value];
    }),
  );
}

function faultsOf(task: Task, golden: GoldenLabel, conversations: Conversations | null) {
  const faults = contradictionsOf(task, golden.label);
  golden.votes.forEach(({ by, label }, index) => {
    const where = `votes[${index}]`;
    for (const { what, mend } of contradictionsOf(task, label))
      faults.push({ what: `${what} in ${where}`, mend: `${mend} in ${where}` });
    if (golden.votes.findIndex((vote) => vote.by === by) < index)
      faults.push({
        what: `${where} is a second vote by ${JSON.stringify(by)}`,
        mend: 'Remove one of the two votes',
      });
  });
  const conversation = conversations?.byId.get(golden.id);
  const window = golden.window === null ? undefined : task.windows?.[golden.window];
  if (conversation !== undefined && window !== undefined && windowMessages(conversation, window) === null)
    faults.push({
      what: `window ${golden.window} needs ${window.at_least} user messages and the conversation has fewer`,
      mend: 'Remove the line',
    });
  return faults;
}

/** Conversations, and windows that apply to them, of which no line speaks. */
function unlabelled(task: Task, conversations: Conversations, firstLines: ReadonlyMap<string, number>) {
  const windows = task.windows === null ? null : Object.entries(task.windows);
  return [...conversations.byId.values()].flatMap((conversation) => {
    const needed =
      windows === null
        ? [null]
        : windows.flatMap(([name, window]) => (windowMessages(conversation, window) === null ? [] : [name]));
    return needed
      .filter((window) => !firstLines.has(keyOf(conversation.id, window)))
      .map((window) => ({ id: conversation.id, window }));
  });
}

function windowOf(value: unknown): string | null {
  const window: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'window') : null;
  return typeof window === 'string' ? window : null;
}

function keyOf(id: string, window: string | null): string {
  return JSON.stringify([id, window]);
}

function mendId(id: string, { lines }: Conversations, problemsSoFar: number): string {
  const mend = 'Remove the line, or add the conversation';
  if (lines.size * problemsSoFar > MOST_COMPARISONS) return mend;
  const meant = nearest(id, lines.keys());
  return meant === null ? mend : `Did you mean "${meant}"? ${mend}`;
}
