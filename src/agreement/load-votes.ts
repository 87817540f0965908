import type { Problem } from '../errors/problem.ts';
import { keyOf } from '../goldens/golden-lines.ts';
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
  const familyOf = (id: string) => goldens.conversations.get(id)?.family ?? id;
  return {
    voted: [
      ...goldens.labels.map(({ id, window, label, votes, adjudicated }) => {
        return { id, window, family: familyOf(id), label, adjudicated, votes };
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
