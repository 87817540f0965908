import { InputError } from '../../errors/errors.ts';
import type { Task } from '../../task/task.ts';
import type { Database } from './open-database.ts';
import { type Column, selectColumns, taskColumns } from './result-columns.ts';
import { resultFiles } from './result-files.ts';
import { sqlList, sqlPath } from './sql-text.ts';

/**
 * The rows of the selecting suite, as an expression to select from. DuckDB adds the columns `filename` and
 * `file_row_number` where they are asked for.
 *
 * @throws InputError when there are no files, or they were written for other fields
 */
export function selectedRows(database: Database, folder: string, task: Task): Promise<string> {
  return rowsOf(database, folder, task, selectColumns(task));
}

/** As `selectedRows`, of another suite. */
export function furtherRows(database: Database, folder: string, task: Task): Promise<string> {
  return rowsOf(database, folder, task, taskColumns(task));
}

async function rowsOf<Row>(
  database: Database,
  folder: string,
  task: Task,
  columns: readonly Column<Row>[],
): Promise<string> {
  const files = sqlList(resultFiles(folder, task.name).map(sqlPath));
  const source = `read_parquet(${files}, hive_partitioning = false)`;
  const written = await database.columns(`SELECT * FROM ${source} LIMIT 0`);
  const found = new Map(written.map(({ name, type }) => [name, type]));
  const problems = columns
    .filter(({ name, type }) => found.get(name) !== type)
    .map(({ name, type }) => ({
      file: folder,
      line: null,
      id: null,
      what: `the results of the suite "${task.name}" have no column "${name}" of ${type}`,
      mend: 'Run the study again: its suite has other fields now',
    }));
  if (problems.length > 0) throw new InputError(problems);
  return source;
}
