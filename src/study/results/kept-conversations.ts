import Type from 'typebox';
import type { Study } from '../../schema/study.ts';
import type { Task } from '../../task/task.ts';
import { readingResults } from './read-results.ts';
import { openViews } from './result-views.ts';

const Kept = Type.Array(
  Type.Object({
    conversation: Type.String(),
    /** Where it stands in the corpus. */
    file: Type.String(),
    line: Type.Number(),
    topics: Type.Array(Type.String()),
  }),
);

/** A conversation that stayed in the funnel. */
export type KeptConversation = Type.Static<typeof Kept>[number];

/**
 * The conversations that a study kept, in the corpus's order.
 *
 * @throws InputError when the folder has no results, or they were written for another study
 */
export function keptConversations(
  folder: string,
  study: Study,
  tasks: readonly Task[],
): Promise<KeptConversation[]> {
  return readingResults(folder, async (database) => {
    const { kept } = await openViews(database, 'results', folder, study, tasks);
    return database.rows(Kept, `SELECT conversation, file, line, topics FROM ${kept} ORDER BY file, line`);
  });
}
