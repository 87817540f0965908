import Type from 'typebox';
import type { Problem } from '../errors/problem.ts';
import { idOf } from '../goldens/conversations.ts';
import { readJsonLines } from '../goldens/jsonl.ts';
import { fits, violationsOf } from '../schema/check.ts';
import { ConversationId } from '../schema/conversation.ts';

/** A line of a label batch: a case to label, and why it is worth the time. Most informative first. */
const LabelBatchLine = Type.Object(
  {
    /** Name of the labels file without `.jsonl`. */
    labels: Type.String({ minLength: 1, maxLength: 200 }),
    id: ConversationId,
    /** Null in a task without windows. */
    window: Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Null()]),
    /** A sentence without a full stop. Annotators do not see it: it may tell how others voted. */
    why: Type.String(),
  },
  { additionalProperties: false },
);

export type LabelBatchLine = Type.Static<typeof LabelBatchLine>;

/** A line of a batch that was read. */
export interface BatchedCase extends LabelBatchLine {
  /** 1-based. */
  line: number;
}

/** Reads a label batch: the sound lines in their order, and a problem for everything that is wrong. */
export function parseLabelBatch(
  bytes: Uint8Array,
  file: string,
): { value: BatchedCase[]; problems: Problem[] } {
  const read = readJsonLines(bytes, file);
  const problems = [...read.problems];
  const value: BatchedCase[] = [];
  const lines = new Map<string, number>();
  for (const { line, value: json } of read.value) {
    const id = idOf(json);
    for (const { what, mend } of violationsOf(LabelBatchLine, json))
      problems.push({ file, line, id, what, mend });
    if (!fits(LabelBatchLine, json)) continue;
    const key = JSON.stringify([json.labels, json.id, json.window]);
    const first = lines.get(key);
    if (first === undefined) {
      lines.set(key, line);
      value.push({ ...json, line });
    } else
      problems.push({
        file,
        line,
        id,
        what: `on line ${first} already`,
        mend: 'Remove one of the two lines',
      });
  }
  if (read.value.length === 0 && problems.length === 0) {
    const mend = 'Write a batch with touchstone goldens doubt';
    problems.push({ file, line: null, id: null, what: 'the file is empty', mend });
  }
  return { value, problems };
}

/** A label batch as text. */
export function labelBatchText(lines: readonly LabelBatchLine[]): string {
  return lines
    .map(({ labels, id, window, why }) => `${JSON.stringify({ labels, id, window, why })}\n`)
    .join('');
}
