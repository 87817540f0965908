import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Study } from '../../schema/study.ts';
import type { Task } from '../../task/task.ts';
import type { StudiedConversation } from '../ask-conversation.ts';
import { openDatabase } from './open-database.ts';
import { openPartWriter, type PartWriter } from './part-writer.ts';
import { selectColumns, type TaskRow, taskColumns } from './result-columns.ts';
import { beginResults, removeUnfinished, replaceResults } from './result-files.ts';

/** Takes what a run finds out, a row a conversation and question. */
export interface ResultsWriter {
  /** The promise is to be awaited before the next call. */
  add(studied: readonly StudiedConversation[]): Promise<void>;
  /** Puts the files of this run in the place of the earlier ones. */
  finish(): Promise<void>;
  /** Leaves the earlier files as they are. */
  abandon(): void;
}

/** For tables of up to 250,000 rows a suite; more is spilled. */
const MEMORY = '128MB';

/**
 * Begins the files `<folder>/results/<suite>-00001.parquet`. They are written aside, so that a run that is
 * killed leaves the files of the run before. Text is kept as it is, but for halves of surrogate pairs: each is
 * written as U+FFFD.
 *
 * @param tasks of all suites that the study names
 */
export async function openResults(
  folder: string,
  study: Study,
  tasks: readonly Task[],
): Promise<ResultsWriter> {
  const selecting = tasks.find(({ name }) => name === study.select.suite);
  if (selecting === undefined) throw new Error(`no task for ${study.select.suite}`);
  const unfinished = beginResults(folder);
  const spill = path.join(unfinished, '.spill');
  const database = await openDatabase({ memory: MEMORY, spill, isOrdered: true });
  const writerOf = <Row>(task: Task, columns: Parameters<typeof openPartWriter<Row>>[1]['columns']) =>
    openPartWriter(database, {
      suite: task.name,
      folder: unfinished,
      columns,
      table: `part_${tasks.indexOf(task)}`,
    });
  const selected = await writerOf(selecting, selectColumns(selecting));
  const others = new Map<string, PartWriter<TaskRow>>();
  for (const task of tasks) {
    if (task !== selecting) others.set(task.name, await writerOf(task, taskColumns(task)));
  }

  return {
    async add(studied) {
      await selected.append(studied);
      for (const [suite, writer] of others) await writer.append(rowsOf(studied, suite));
    },
    async finish() {
      for (const writer of [selected, ...others.values()]) await writer.finish();
      database.close();
      rmSync(spill, { recursive: true, force: true });
      replaceResults(folder);
    },
    abandon() {
      database.close();
      removeUnfinished(folder);
    },
  };
}

/** Rows of one further suite. A question that the study has twice, for two of its figures, gives one. */
function rowsOf(studied: readonly StudiedConversation[], suite: string): TaskRow[] {
  return studied.flatMap(({ conversation, file, line, further }) => {
    const answers = further.filter((each) => each.suite === suite);
    return answers
      .filter(({ window }, index) => answers.findIndex((each) => each.window === window) === index)
      .map(({ window, answer }) => ({ conversation, file, line, window, answer }));
  });
}
