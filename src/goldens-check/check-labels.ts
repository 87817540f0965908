import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../errors/problem.ts';
import type { Conversations } from '../goldens/conversations.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import { parseLabels } from '../goldens/labels.ts';
import { readOpenLabels } from '../goldens/open-labels.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { LabelDifferences } from './label-differences.ts';
import { type FieldTally, tallyLabels } from './tally.ts';

export interface LabelCheckOptions {
  /** Folder of the goldens, absolute. */
  directory: string;
  suites: readonly LoadedSuite[];
  /** Outlines will do. */
  conversations: Conversations;
  /** Ids of the conversations whose labels will be compared. */
  compared: ReadonlySet<string>;
  shown(file: string): string;
}

/** Reads every suite's labels, one file after the other, and keeps what is wrong and how many there are of what. */
export function checkLabels(options: LabelCheckOptions): {
  fields: FieldTally[];
  differences: LabelDifferences;
  problems: Problem[];
} {
  const { directory, suites, conversations, compared, shown } = options;
  const fields = new Map<string, FieldTally>();
  const differences = new LabelDifferences(compared);
  const problems = new Map<string, Problem>();
  for (const { task, labels: name } of suites) {
    const file = path.join(directory, 'labels', `${name}.jsonl`);
    const open = readOpenLabels(directory, task, name, conversations, shown);
    const isOpen = open.value.length + open.problems.length > 0;
    const bytes =
      isOpen && !existsSync(file)
        ? { value: new Uint8Array(), problems: [] }
        : readFileBytes(file, shown(file));
    const labels =
      bytes.value === null
        ? { value: [], problems: bytes.problems }
        : parseLabels(bytes.value, shown(file), task, conversations, open.spoken);
    differences.add(task, name, labels.value);
    for (const tally of tallyLabels(task, name, labels.value, conversations.byId))
      fields.set(`${tally.labels}.${tally.field}`, tally);
    // Suites may share labels: what is wrong with them is said once.
    for (const problem of [...open.problems, ...labels.problems])
      problems.set(JSON.stringify(problem), problem);
  }
  return { fields: [...fields.values()], differences, problems: [...problems.values()] };
}
