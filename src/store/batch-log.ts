import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Task } from '../task/task.ts';

/**
 * How far a batch has come. `intended`: nothing was sent yet; `creating`: the API may or may not have it;
 * `presumed`: it is taken to be one that the API lists, which its results will show; `open`: the API gave
 * its id; `closed`: nothing more is to be had of it.
 */
type BatchState = 'intended' | 'creating' | 'presumed' | 'open' | 'closed';

/** One request of a batch, and the key of its answer in the store. */
export interface LoggedRequest {
  customId: string;
  /** Hash of the exact request. */
  request: string;
  /** 0-based. */
  repeat: number;
}

export interface BatchCounts {
  succeeded: number;
  errored: number;
  canceled: number;
  expired: number;
}

/** What is known of a batch before it is sent. */
export interface IntendedBatch {
  /** Address of the API. */
  origin: string;
  /** The API's name for the model. */
  model: string;
  /** The model in the store's keys. */
  storedAs: string;
  suite: string;
  /** By which its answers are read, whatever becomes of the suite. */
  task: Pick<Task, 'fields'>;
  /** The process that is about to create it; empty where that has given up. */
  owner: string;
  /** When that process last touched it, milliseconds since 1970. */
  touchedAt: number;
}

export interface LoggedBatch extends IntendedBatch {
  /** The log's own number. */
  number: number;
  state: BatchState;
  /** The API's; null while it is not known. */
  id: string | null;
  requests: number;
  /** Batches of the API that turned out to be others. */
  notIds: readonly string[];
  /** Milliseconds since 1970. */
  intendedAt: number;
  /** Null until it is closed, and where the API could not say. */
  counts: BatchCounts | null;
}

/** What was sent as batches and is not forgotten before its answers are in. Each call is one transaction. */
export interface BatchLog {
  /** Records a batch without the requests that one not closed has already; null where none is left. */
  intend(batch: IntendedBatch, requests: readonly LoggedRequest[]): LoggedBatch | null;
  /** The create call is about to be made. */
  creating(number: number, at: number): void;
  identified(number: number, id: string, state: 'open' | 'presumed'): void;
  /** The API's batch of this id is another; what was presumed is `creating` again. */
  refuted(number: number, id: string): void;
  /** Forgets a batch that the API does not have. */
  withdraw(number: number): void;
  /** Its process has given up on it: others may find out what became of it. Forgets it where nothing was sent. */
  release(number: number): void;
  close(number: number, counts: BatchCounts | null): void;
  requestsOf(number: number): LoggedRequest[];
  /** Whether a batch that is not closed has a request of this name, for this API and model. */
  isUnderWay(customId: string, about: Pick<IntendedBatch, 'origin' | 'model'>): boolean;
  /** By number. */
  list(): LoggedBatch[];
  /** Database handle closed; the file stays. */
  end(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS batches (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT UNIQUE,
    state TEXT NOT NULL,
    origin TEXT NOT NULL,
    model TEXT NOT NULL,
    stored_as TEXT NOT NULL,
    suite TEXT NOT NULL,
    task TEXT NOT NULL,
    owner TEXT NOT NULL,
    touched_at INTEGER NOT NULL,
    intended_at INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    not_ids TEXT NOT NULL DEFAULT '[]',
    counts TEXT NOT NULL DEFAULT 'null'
  ) STRICT;
  CREATE TABLE IF NOT EXISTS batch_requests (
    batch INTEGER NOT NULL,
    custom_id TEXT NOT NULL,
    request TEXT NOT NULL,
    repeat INTEGER NOT NULL,
    PRIMARY KEY (batch, custom_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS batch_requests_by_id ON batch_requests (custom_id)`;

/**
 * The batch log in the store's SQLite file, readable by its owner alone. Once a call returns, what it wrote
 * survives `kill -9`, and a loss of power too: a batch that is forgotten is paid twice.
 */
export function openBatchLog(file: string): BatchLog {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: 10_000 });
  chmodSync(file, 0o600);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(SCHEMA);
  const prepare = (sql: string) => database.prepare(sql);
  const isTaken = prepare(
    `SELECT 1 FROM batch_requests JOIN batches ON number = batch
     WHERE custom_id = ? AND origin = ? AND model = ? AND state <> 'closed'`,
  );
  const insertBatch = prepare(
    `INSERT INTO batches (state, origin, model, stored_as, suite, task, owner, touched_at, intended_at, requests)
     VALUES ('intended', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertRequest = prepare('INSERT INTO batch_requests VALUES (?, ?, ?, ?)');
  const select = prepare('SELECT * FROM batches WHERE number = ?');
  const selectAll = prepare('SELECT * FROM batches ORDER BY number');
  const selectRequests = prepare(
    'SELECT custom_id, request, repeat FROM batch_requests WHERE batch = ? ORDER BY custom_id',
  );
  const deleteRequests = prepare('DELETE FROM batch_requests WHERE batch = ?');
  const deleteBatch = prepare('DELETE FROM batches WHERE number = ?');
  const setCreating = prepare(`UPDATE batches SET state = 'creating', touched_at = ? WHERE number = ?`);
  const setIdentified = prepare(
    `UPDATE OR IGNORE batches SET id = ?, state = ? WHERE number = ? AND state <> 'closed'`,
  );
  const setRefuted = prepare(
    `UPDATE batches SET state = 'creating', id = NULL, not_ids = json_insert(not_ids, '$[#]', ?)
     WHERE number = ? AND state <> 'closed'`,
  );
  const setReleased = prepare(`UPDATE batches SET owner = '' WHERE number = ?`);
  const setClosed = prepare(`UPDATE batches SET state = 'closed', counts = ? WHERE number = ?`);

  const transaction = <T>(work: () => T): T => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };

  const remove = (number: number) => {
    deleteRequests.run(number);
    deleteBatch.run(number);
  };

  return {
    intend: (batch, requests) =>
      transaction(() => {
        const { origin, model, storedAs, suite, owner, touchedAt } = batch;
        const free = requests.filter(({ customId }) => isTaken.get(customId, origin, model) === undefined);
        if (free.length === 0) return null;
        const task = JSON.stringify({ fields: batch.task.fields });
        const values = [origin, model, storedAs, suite, task, owner, touchedAt, touchedAt, free.length];
        const number = Number(insertBatch.run(...values).lastInsertRowid);
        for (const { customId, request, repeat } of free)
          insertRequest.run(number, customId, request, repeat);
        return readBatch(select.get(number) ?? {});
      }),
    creating: (number, at) => void setCreating.run(at, number),
    identified: (number, id, state) => void setIdentified.run(id, state, number),
    refuted: (number, id) => void setRefuted.run(id, number),
    release: (number) =>
      transaction(() => {
        if (select.get(number)?.state === 'intended') remove(number);
        setReleased.run(number);
      }),
    withdraw: (number) => transaction(() => remove(number)),
    close: (number, counts) =>
      transaction(() => {
        deleteRequests.run(number);
        setClosed.run(JSON.stringify(counts), number);
      }),
    requestsOf: (number) =>
      selectRequests.all(number).map(({ custom_id, request, repeat }) => {
        return { customId: String(custom_id), request: String(request), repeat: Number(repeat) };
      }),
    isUnderWay: (customId, { origin, model }) => isTaken.get(customId, origin, model) !== undefined,
    list: () => selectAll.all().map(readBatch),
    end: () => database.close(),
  };
}

function readBatch(row: Record<string, SQLOutputValue>): LoggedBatch {
  return {
    number: Number(row.number),
    id: row.id === null ? null : String(row.id),
    state: row.state as BatchState,
    origin: String(row.origin),
    model: String(row.model),
    storedAs: String(row.stored_as),
    suite: String(row.suite),
    task: JSON.parse(String(row.task)) as Pick<Task, 'fields'>,
    owner: String(row.owner),
    touchedAt: Number(row.touched_at),
    intendedAt: Number(row.intended_at),
    requests: Number(row.requests),
    notIds: JSON.parse(String(row.not_ids)) as string[],
    counts: JSON.parse(String(row.counts)) as BatchCounts | null,
  };
}
