import path from 'node:path';
import type { Problem } from '../errors/problem.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import { keyOf } from '../goldens/golden-lines.ts';
import { readJsonLines } from '../goldens/jsonl.ts';
import { type ConversationsRead, readGoldens } from '../goldens/load.ts';
import { readOpenLabels } from '../goldens/open-labels.ts';
import type { LoadedSuite } from '../suite/load.ts';
import type { Voted } from './voted-unit.ts';

/**
 * Every case of a suite with its votes: those with a label, and those that are open. A case that has both a label line
 * and an open line counts with its label's votes.
 */
export function readVotes(
  directory: string,
  { task, labels: labelsName }: Pick<LoadedSuite, 'task' | 'labels'>,
  conversations: ConversationsRead,
  shown: (file: string) => string,
): { voted: Voted[]; problems: Problem[] } {
  const { goldens, problems } = readGoldens(directory, task, labelsName, { conversations, shown });
  if (goldens === null) return { voted: [], problems };
  const open = readOpenLabels(directory, task, labelsName, conversations.value, shown).value;
  const labelled = new Set(goldens.labels.map(({ id, window }) => keyOf(id, window)));
  const adjudicated = adjudicatedLines(path.join(directory, 'labels', `${labelsName}.jsonl`));
  const familyOf = (id: string) => goldens.conversations.get(id)?.family ?? id;
  return {
    voted: [
      ...goldens.labels.map(({ id, window, label, votes, line }) => {
        return { id, window, family: familyOf(id), label, adjudicated: adjudicated.has(line), votes };
      }),
      ...open
        .filter(({ id, window }) => !labelled.has(keyOf(id, window)))
        .map(({ id, window, votes }) => {
          return { id, window, family: familyOf(id), label: null, adjudicated: false, votes };
        }),
    ],
    problems,
  };
}

/** The lines of a sound labels file that say so; none where there is no file. */
function adjudicatedLines(file: string): Set<number> {
  const { value: bytes } = readFileBytes(file, file);
  const lines = bytes === null ? [] : readJsonLines(bytes, file).value;
  const isAdjudicated = (value: unknown) =>
    typeof value === 'object' && value !== null && Reflect.get(value, 'adjudicated') === true;
  return new Set(lines.filter(({ value }) => isAdjudicated(value)).map(({ line }) => line));
}
