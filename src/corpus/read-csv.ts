import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { InputError } from '../errors/errors.ts';
import { MAX_RECORD_BYTES, TOO_LONG } from './corpus-record.ts';
import { csvForm, type Form, missingColumns } from './csv-form.ts';
import type { CorpusFile } from './find-files.ts';
import type { Mapping } from './mapping.ts';
import type { RawRecord, RecordFault } from './raw-record.ts';
import { chunksOf } from './read-lines.ts';

/** The header; a row below it, its cells by column; or what keeps a row from being read. */
type Row =
  | { kind: 'header'; line: number; names: readonly string[] }
  | { kind: 'row'; line: number; cells: Record<string, string> }
  | RecordFault;

const DELIMITERS = [',', ';', '\t'] as const;

/**
 * The conversations of a CSV file (RFC 4180, a header first): one a row, in a column of transcripts or of JSON lists;
 * or one message a row, with columns for the conversation's id, the role and the content, where the rows of one
 * conversation stand together. Cells are taken as they are, white space and formulas too. Between cells stands what
 * cuts the header into most columns: a comma, a semicolon or a tab. `line` is where a conversation begins.
 *
 * After a quote that is out of place nothing can be trusted: that is one fault, and the end. So is a faulty row in a
 * file of one message a row, since it may be part of the conversation before it or after it.
 *
 * @param mapping each path one column
 * @throws InputError when the rows of a conversation do not stand together
 */
export async function* readCsv(file: CorpusFile, mapping: Mapping | null): AsyncGenerator<RawRecord[]> {
  const grouping = rowGrouping(file);
  let form: Form | null = null;
  for await (const row of rowsOf(file)) {
    if (row.kind === 'header') {
      form = csvForm(row.names, mapping);
      if (form !== null) continue;
      yield [{ kind: 'fault', line: row.line, what: missingColumns(row.names, mapping), endsFile: true }];
      return;
    }
    const records: RawRecord[] =
      row.kind === 'fault' ? [row] : form === null ? [] : recordsOf(row, form, grouping);
    if (form?.kind === 'rows' && records.some(({ kind }) => kind === 'fault')) {
      yield records.map((each) => (each.kind === 'fault' ? { ...each, endsFile: true } : each));
      return;
    }
    yield records;
  }
  yield grouping.end();
}

type Grouping = ReturnType<typeof rowGrouping>;

function recordsOf(row: Row & { kind: 'row' }, form: Form, grouping: Grouping): RawRecord[] {
  if (form.kind === 'cell') return [{ kind: 'value', line: row.line, value: row.cells }];
  const id = row.cells[form.id] ?? '';
  if (id === '') return [{ kind: 'fault', line: row.line, what: 'the row names no conversation' }];
  return grouping.add(id, row, form.list);
}

/** Puts rows that stand together and have one id into a record. */
function rowGrouping(file: CorpusFile) {
  const seen = new Set<string>();
  let open: { id: string; line: number; list: string; rows: Record<string, string>[] } | null = null;
  const end = (): RawRecord[] => {
    if (open === null) return [];
    const { line, list, rows } = open;
    open = null;
    return [
      { kind: 'value', line, value: Object.fromEntries([...Object.entries(rows[0] ?? {}), [list, rows]]) },
    ];
  };
  return {
    add(
      id: string,
      { line, cells }: { line: number; cells: Record<string, string> },
      list: string,
    ): RawRecord[] {
      if (open?.id === id) {
        open.rows.push(cells);
        return [];
      }
      const done = end();
      if (seen.has(id)) throw notTogether(file, line);
      seen.add(id);
      open = { id, line, list, rows: [cells] };
      return done;
    },
    end,
  };
}

/** The header, then the rows below it; blank lines are left out. */
async function* rowsOf(file: CorpusFile): AsyncGenerator<Row> {
  let names: readonly string[] | null = null;
  let [read, blank] = [0, 0];
  try {
    for await (const { record, info } of parsedRows(file)) {
      const line = read + 1 + info.empty_lines - blank;
      [read, blank] = [info.lines, info.empty_lines];
      if (names === null) {
        names = record;
        yield { kind: 'header', line, names };
      } else yield rowOf(names, record, line);
    }
  } catch (error) {
    yield { kind: 'fault', line: read + 1, what: breakOff(error), endsFile: true };
  }
}

interface ParsedRow {
  record: string[];
  /** As counted at the end of the row. */
  info: { lines: number; empty_lines: number };
}

async function* parsedRows(file: CorpusFile): AsyncGenerator<ParsedRow> {
  const texts = textsOf(file);
  const first = await texts.next();
  if (first.done === true) return;
  const parser = parse({
    delimiter: delimiterOf(first.value),
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: MAX_RECORD_BYTES,
  });
  const whole = (async function* () {
    yield first.value;
    yield* texts;
  })();
  // What goes wrong is told by the parser as well, which is destroyed with it.
  pipeline(Readable.from(whole), parser).catch(() => undefined);
  yield* parser as AsyncIterable<ParsedRow>;
}

function rowOf(names: readonly string[], record: readonly string[], line: number): Row {
  if (record.length !== names.length) {
    const what = `the row has ${record.length} cells, and the header ${names.length}`;
    return { kind: 'fault', line, what };
  }
  return {
    kind: 'row',
    line,
    cells: Object.fromEntries(names.map((name, index) => [name, record[index] ?? ''])),
  };
}

/** What a fault of the parser or the decoder means; throws any other. */
function breakOff(error: unknown): string {
  if (error instanceof CsvError) {
    if (error.code === 'CSV_MAX_RECORD_SIZE') return TOO_LONG;
    return 'a quote is out of place, so that nothing from here on can be read';
  }
  if (error instanceof TypeError) return 'is not UTF-8 from about here on';
  throw error;
}

/** The text of a file, without a byte order mark. Throws TypeError where it is not UTF-8. */
async function* textsOf(file: CorpusFile): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunksOf(file)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

function delimiterOf(text: string): string {
  const columns = (delimiter: string) => {
    try {
      const [header] = parseNow(text, { delimiter, to: 1, relax_quotes: true, skip_empty_lines: true });
      return Array.isArray(header) ? header.length : 0;
    } catch {
      return 0;
    }
  };
  return DELIMITERS.toSorted((a, b) => columns(b) - columns(a))[0] ?? ',';
}

function notTogether(file: CorpusFile, line: number): InputError {
  const what = 'the row belongs to a conversation of which other rows stand further up, with others between';
  return new InputError([{ file: file.shown, line, id: null, what, mend: 'Sort the file by conversation' }]);
}
