import type { Field } from '../../schema/field.ts';
import type { Value } from '../../schema/run-record.ts';
import { askedFields, fieldValue, type Task } from '../../task/task.ts';
import type { StudiedConversation } from '../ask-conversation.ts';

/** A conversation, its answer to the selecting suite, and what became of it. */
export type SelectRow = Omit<StudiedConversation, 'further'>;

/** A kept conversation's answer to a further question. */
export type TaskRow = Pick<StudiedConversation, 'conversation' | 'file' | 'line'> &
  Omit<StudiedConversation['further'][number], 'suite'>;

/** A column of a Parquet file, and where its values come from. */
export interface Column<Row> {
  name: string;
  type: 'VARCHAR' | 'VARCHAR[]' | 'BOOLEAN' | 'INTEGER' | 'BIGINT';
  value(row: Row): Value | number | bigint;
}

/**
 * Columns of the selecting suite's files, a row a conversation of the corpus: where it stands, its answer's status,
 * a column per field that the model is asked for (null where it is not answered), and why it left the funnel (null
 * where it was kept).
 */
export function selectColumns(task: Task): Column<SelectRow>[] {
  return [
    ...placeColumns<SelectRow>(),
    { name: 'human_messages', type: 'INTEGER', value: ({ humanMessages }) => humanMessages },
    ...answerColumns<SelectRow>(task),
    { name: 'left', type: 'VARCHAR', value: ({ left }) => left },
    { name: 'cut', type: 'BOOLEAN', value: ({ cut }) => cut },
  ];
}

/** Columns of another suite's files, a row a kept conversation and window. */
export function taskColumns(task: Task): Column<TaskRow>[] {
  return [
    ...placeColumns<TaskRow>(),
    { name: 'window', type: 'VARCHAR', value: ({ window }) => window },
    ...answerColumns<TaskRow>(task),
  ];
}

/** Names that a field's column cannot have: those of other columns, and those that DuckDB gives every file. */
const TAKEN = new Set([
  ...['conversation', 'file', 'line', 'human_messages', 'window', 'status', 'left', 'cut'],
  ...['filename', 'file_index', 'file_row_number'],
]);

/** The column of a field: its name, or `<suite>.<field>` where that is taken. */
export function columnOf(suite: string, field: string): string {
  return TAKEN.has(field) ? `${suite}.${field}` : field;
}

function placeColumns<Row extends Pick<SelectRow, 'conversation' | 'file' | 'line'>>(): Column<Row>[] {
  return [
    { name: 'conversation', type: 'VARCHAR', value: ({ conversation }) => conversation },
    { name: 'file', type: 'VARCHAR', value: ({ file }) => file },
    { name: 'line', type: 'BIGINT', value: ({ line }) => BigInt(line) },
  ];
}

function answerColumns<Row extends Pick<SelectRow, 'answer'>>(task: Task): Column<Row>[] {
  return [
    { name: 'status', type: 'VARCHAR', value: ({ answer }) => answer.status },
    ...askedFields(task).map(([name, field]): Column<Row> => {
      return {
        name: columnOf(task.name, name),
        type: TYPES[field.kind],
        value: ({ answer }) => (answer.status === 'answered' ? fieldValue(task, name, answer.label) : null),
      };
    }),
  ];
}

const TYPES: Readonly<Record<Field['kind'], Column<SelectRow>['type']>> = {
  nominal: 'VARCHAR',
  binary: 'BOOLEAN',
  ordinal: 'VARCHAR',
  set: 'VARCHAR[]',
};
