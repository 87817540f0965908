import type { Problem } from '../errors/problem.ts';
import { labelLineSchema } from '../schema/label.ts';
import type { Label } from '../schema/run-record.ts';
import type { Task } from '../task/task.ts';
import type { Conversations } from './conversations.ts';
import {
  keyOf,
  labelOf,
  NOTHING,
  readGoldenLines,
  type SpokenOf,
  type VoteLine,
  votesOf,
} from './golden-lines.ts';
import { contradictionsOf } from './label-rules.ts';
import type { GoldenLabel } from './load.ts';
import { casesOf } from './window.ts';

/** A label line as its schema grants it. */
type LabelLine = Label & {
  id: string;
  window?: string;
  note?: string;
  votes?: VoteLine[];
  adjudicated?: boolean;
};

/**
 * Reads label lines: the sound ones, and a problem for everything that is wrong, conversations and windows
 * without a label included. Without conversations (null) nothing is compared with them.
 *
 * @param open the cases whose labels are not settled yet: they need no label line, and where there are any the file
 *   may be empty
 */
export function parseLabels(
  bytes: Uint8Array,
  file: string,
  task: Task,
  conversations: Conversations | null,
  open: SpokenOf = NOTHING,
): { value: GoldenLabel[]; problems: Problem[] } {
  const { value, problems, spoken, isEmpty } = readGoldenLines(bytes, file, task, conversations, {
    schema: labelLineSchema(task),
    already: 'labelled already',
    read: (line, number) => goldenOf(task, line as LabelLine, number),
    faultsOf: ({ label }) => contradictionsOf(task, label),
  });
  if (isEmpty && open.lines.size + open.unclear.size === 0) {
    const mend = 'Write one label on each line';
    problems.push({ file, line: null, id: null, what: 'the file is empty', mend });
  } else if (conversations !== null) {
    for (const conversation of conversations.byId.values()) {
      const { id } = conversation;
      if (spoken.unclear.has(id) || open.unclear.has(id)) continue;
      for (const window of casesOf(task, conversation)) {
        const key = keyOf(id, window);
        if (spoken.lines.has(key) || open.lines.has(key)) continue;
        const what = `the conversation has no label${window === null ? '' : ` for window ${window}`}`;
        problems.push({ file, line: null, id, what, mend: 'Add a line for it' });
      }
    }
  }
  return { value, problems };
}

function goldenOf(task: Task, line: LabelLine, number: number): GoldenLabel {
  return {
    id: line.id,
    window: line.window ?? null,
    label: labelOf(task, line),
    votes: votesOf(task, line.votes),
    adjudicated: line.adjudicated === true,
    note: line.note ?? null,
    line: number,
  };
}
