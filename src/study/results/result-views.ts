import type { Study } from '../../schema/study.ts';
import { isDerived, type Task } from '../../task/task.ts';
import { countOnce } from './count-once.ts';
import type { Database } from './open-database.ts';
import { columnOf } from './result-columns.ts';
import { furtherRows, selectedRows } from './result-rows.ts';
import { sqlName, sqlText } from './sql-text.ts';

/** The results of one folder as tables and views, each quoted and within its schema. */
export interface ResultViews {
  /** Rows of the selecting suite that are left out, since their id came before. */
  repeated: number;
  /** A view: conversation, file, line, human_messages, status, label, topics, left, cut. */
  selected: string;
  /** Kept ones: conversation, file, line, topics. */
  kept: string;
  /** Suites of which kept conversations were asked, and a table each: conversation, window, status. */
  further: ReadonlyMap<string, string>;
  /** By `<suite>.<field>`: conversation, answered, value, reason. */
  rates: ReadonlyMap<string, string>;
  /** By `<suite>.<field>`, those asked about both windows: conversation, answered (both), from, to. */
  shifts: ReadonlyMap<string, string>;
}

/** What a study's figure of a suite's field is called. */
export function figureName({ suite, field }: { suite: string; field: string }): string {
  return `${suite}.${field}`;
}

/**
 * @param schema a word that names the folder
 * @throws InputError when the folder has no results, or they were written for another study
 */
export async function openViews(
  database: Database,
  schema: string,
  folder: string,
  study: Study,
  tasks: readonly Task[],
): Promise<ResultViews> {
  const taskOf = (suite: string): Task => {
    const found = tasks.find(({ name }) => name === suite);
    if (found === undefined) throw new Error(`no task for ${suite}`);
    return found;
  };
  const named = (name: string) => `${schema}.${sqlName(name)}`;
  await database.run(`CREATE SCHEMA ${schema}`);

  const { select, rates = [], shifts = [] } = study;
  const selecting = taskOf(select.suite);
  const read = await selectedRows(database, folder, selecting);
  const { repeated, once } = await countOnce(database, read, named('repeated'));
  const label = fieldSql(selecting, select.field);
  const topics =
    select.topics === undefined
      ? `list_filter([${label}], topic -> topic IS NOT NULL)`
      : `list_distinct(coalesce(${fieldSql(selecting, select.topics)}, []))`;
  const selected = named('selected');
  await database.run(`
    CREATE VIEW ${selected} AS
    SELECT conversation, file, line, human_messages, status, ${label} AS label, ${topics} AS topics, "left", cut
    FROM ${once}`);
  const kept = named('kept');
  await database.run(`
    CREATE TABLE ${kept} AS SELECT conversation, file, line, topics FROM ${selected} WHERE "left" IS NULL`);
  const ofKept = `SEMI JOIN ${kept} USING (conversation, file, line)`;

  const further = new Map<string, string>();
  for (const { suite } of [...rates, ...shifts]) {
    if (suite === select.suite || further.has(suite)) continue;
    const table = named(`further ${suite}`);
    const rows = await furtherRows(database, folder, taskOf(suite));
    await database.run(`CREATE TABLE ${table} AS SELECT * EXCLUDE (file, line) FROM ${rows} ${ofKept}`);
    further.set(suite, table);
  }

  const rateTables = new Map<string, string>();
  for (const rate of rates) {
    const view = further.get(rate.suite);
    const source = view === undefined ? `${read} ${ofKept}` : `${view} WHERE "window" IS NULL`;
    const table = named(`rate ${figureName(rate)}`);
    await makeRateTable(database, table, { source, task: taskOf(rate.suite), rate });
    rateTables.set(figureName(rate), table);
  }
  const shiftTables = new Map<string, string>();
  for (const shift of shifts) {
    const source = further.get(shift.suite);
    if (source === undefined) throw new Error(`${shift.suite} has no windows`);
    const table = named(`shift ${figureName(shift)}`);
    await makeShiftTable(database, table, { source, task: taskOf(shift.suite), shift });
    shiftTables.set(figureName(shift), table);
  }
  return { repeated, selected, kept, further, rates: rateTables, shifts: shiftTables };
}

type Rate = NonNullable<Study['rates']>[number];
type Shift = NonNullable<Study['shifts']>[number];

async function makeRateTable(
  database: Database,
  table: string,
  { source, task, rate }: { source: string; task: Task; rate: Rate },
): Promise<void> {
  const reason = rate.reasons === undefined ? 'NULL::VARCHAR' : fieldSql(task, rate.reasons);
  await database.run(`
    CREATE OR REPLACE TABLE ${table} AS
    SELECT conversation, status = 'answered' AS answered, ${fieldSql(task, rate.field)} AS "value",
      ${reason} AS reason
    FROM ${source}`);
}

async function makeShiftTable(
  database: Database,
  table: string,
  { source, task, shift }: { source: string; task: Task; shift: Shift },
): Promise<void> {
  const level = fieldSql(task, shift.field);
  const inWindow = (window: string) => `FILTER ("window" = ${sqlText(window)})`;
  // A conversation has one answer a window: any value is the value. Grouping spills better than a join.
  await database.run(`
    CREATE OR REPLACE TABLE ${table} AS
    SELECT conversation, bool_and(status = 'answered') AS answered,
      any_value(${level}) ${inWindow(shift.from)} AS "from", any_value(${level}) ${inWindow(shift.to)} AS "to"
    FROM ${source} WHERE "window" IN (${sqlText(shift.from)}, ${sqlText(shift.to)})
    GROUP BY conversation
    HAVING bool_or("window" = ${sqlText(shift.from)}) AND bool_or("window" = ${sqlText(shift.to)})`);
}

/** The value of any field; a derived one has no column of its own. */
function fieldSql(task: Task, name: string): string {
  const field = task.fields[name];
  if (field === undefined) throw new Error(`no field ${name}`);
  if (!isDerived(field)) return sqlName(columnOf(task.name, name));
  return `${sqlName(columnOf(task.name, field.from))} IN (${field.true_for.map(sqlText).join(', ')})`;
}
