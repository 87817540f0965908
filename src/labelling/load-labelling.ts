import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import type { Conversations } from '../goldens/conversations.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import { keyOf } from '../goldens/golden-lines.ts';
import { readConversations, readGoldens } from '../goldens/load.ts';
import { openLabelsFile } from '../goldens/open-labels.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { type Block, readBlocks } from './codebook.ts';
import { type GoldenFiles, type GoldenState, readGoldenFiles } from './golden-files.ts';
import { type BatchedCase, parseLabelBatch } from './label-batch.ts';
import { fieldViews, type TaskView } from './page-data.ts';

/** What there is to label, checked. */
export interface Labelling {
  /** By the name of the labels file. */
  files: Map<string, GoldenFiles>;
  tasks: TaskView[];
  conversations: Conversations['byId'];
  /** Null where the goldens have no CODEBOOK.md. */
  codebook: Block[] | null;
  /** The batch's cases of these suites; null without a batch. */
  batch: BatchedCase[] | null;
}

/**
 * Reads goldens, open labels, codebook and batch. Suites that share a labels file count as one, the first of them.
 *
 * @throws InputError with every problem of every file
 */
export function loadLabelling(
  suites: readonly LoadedSuite[],
  goldens: string,
  batchFile: string | null,
  shown: (file: string) => string,
): Labelling {
  const read = readConversations(goldens, shown);
  const problems: Problem[] = [...read.problems];
  const files = new Map<string, GoldenFiles>();
  const tasks: TaskView[] = [];
  for (const { suite, task, labels } of suites) {
    if (files.has(labels)) continue;
    problems.push(...readGoldens(goldens, task, labels, { conversations: read, shown }).problems);
    const open = openLabelsFile(goldens, labels);
    files.set(labels, { task, labels: path.join(goldens, 'labels', `${labels}.jsonl`), open, shown });
    tasks.push({ labels, name: suite.name, description: suite.description ?? '', fields: fieldViews(task) });
  }
  if (problems.length > 0 || read.value === null) throw new InputError(problems);
  const batch = batchFile === null ? null : loadBatch(batchFile, files, shown);
  return { files, tasks, conversations: read.value.byId, codebook: loadCodebook(goldens, shown), batch };
}

/** Throws InputError where a line names a case that is neither open nor labelled. Lines of other suites are left out. */
function loadBatch(
  file: string,
  files: ReadonlyMap<string, GoldenFiles>,
  shown: (file: string) => string,
): BatchedCase[] {
  const bytes = readFileBytes(file, shown(file));
  if (bytes.value === null) throw new InputError(bytes.problems);
  const { value, problems } = parseLabelBatch(bytes.value, shown(file));
  const states = new Map<string, GoldenState>(
    [...files].map(([name, each]) => [name, readGoldenFiles(each)]),
  );
  for (const { labels, id, window, line } of value) {
    const state = states.get(labels);
    const key = keyOf(id, window);
    if (state === undefined || state.labels.has(key) || state.open.has(key)) continue;
    const what = `${labels} has no such case${window === null ? '' : ` for window ${window}`}`;
    problems.push({ file: shown(file), line, id, what, mend: 'Remove the line, or make the batch again' });
  }
  if (problems.length > 0) throw new InputError(problems);
  const own = value.filter(({ labels }) => files.has(labels));
  if (own.length === 0) {
    const mend = `Name a suite whose labels it has: ${[...new Set(value.map(({ labels }) => labels))].join(', ')}`;
    throw new InputError([
      { file: shown(file), line: null, id: null, what: 'no line is of these suites', mend },
    ]);
  }
  return own;
}

function loadCodebook(goldens: string, shown: (file: string) => string): Block[] | null {
  const file = path.join(goldens, 'CODEBOOK.md');
  const { value } = readFileBytes(file, shown(file));
  return value === null ? null : readBlocks(new TextDecoder().decode(value));
}
