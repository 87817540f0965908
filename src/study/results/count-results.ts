import type { Study } from '../../schema/study.ts';
import type { StudyRecord } from '../../schema/study-record.ts';
import type { Task } from '../../task/task.ts';
import { countGroups } from './count-groups.ts';
import { countQuestions } from './count-questions.ts';
import { countSelected, totalOf } from './count-selected.ts';
import { funnelStages } from './funnel-stages.ts';
import { classesIn, inOrder } from './label-order.ts';
import { readingResults } from './read-results.ts';
import { openViews } from './result-views.ts';

/** All of a study's record that is counted from its results. */
export type Counts = Pick<StudyRecord, 'funnel' | 'questions' | 'groups' | 'labels' | 'long'> & {
  /** `conversations` are those that are counted: each id once. */
  corpus: Pick<StudyRecord['corpus'], 'conversations' | 'repeated' | 'cut'>;
};

/**
 * Counts the results of a folder, each id once: of conversations that share one the first counts. In the order of
 * the study and of its suites, so that the same results always give the same counts.
 *
 * @param tasks of all suites that the study names
 * @throws InputError when the folder has no results, or they were written for another study
 */
export function countResults(folder: string, study: Study, tasks: readonly Task[]): Promise<Counts> {
  return readingResults(folder, async (database) => {
    const views = await openViews(database, 'results', folder, study, tasks);
    const profiles = await countSelected(database, views.selected, study.long_over ?? null);
    const total = totalOf(profiles);
    const found = profiles.flatMap(({ label }) => label ?? []);
    const labels = inOrder(classesIn(tasks, study.select.suite, study.select.field), found);
    return {
      corpus: {
        conversations: total(() => true),
        repeated: views.repeated,
        cut: total(({ cut }) => cut),
      },
      labels: Object.fromEntries(labels.map((each) => [each, total(({ label }) => label === each)])),
      funnel: await funnelStages(database, views, study, total),
      questions: await countQuestions(database, views, study.select.suite, total),
      groups: await countGroups(database, views, study, tasks),
      long: {
        conversations: total(({ long }) => long),
        kept: total(({ long, left }) => long && left === null),
      },
    };
  });
}
