import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Answer } from '../schema/run-record.ts';
import type { Store } from './store.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS answers (
    request TEXT NOT NULL,
    model TEXT NOT NULL,
    repeat INTEGER NOT NULL,
    answer TEXT NOT NULL,
    answered_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (request, model, repeat)
  ) STRICT, WITHOUT ROWID`;

/** Requests that one statement looks up. */
const TOGETHER = 128;

/**
 * Answers in an SQLite file, one row each, readable by its owner alone. Every `put` is its own
 * transaction in the write-ahead log: once it returns, the answer survives `kill -9`. Processes may
 * share the file; a writer waits up to ten seconds for another.
 */
export function sqliteStore(file: string): Store {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: 10_000 });
  chmodSync(file, 0o600);
  // 16 MB of cache: more of the inner pages of a million answers, which are looked up in no order.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000;');
  database.exec(SCHEMA);
  const select = database.prepare(
    'SELECT answer FROM answers WHERE request = ? AND model = ? AND repeat = ?',
  );
  const selectMany = database.prepare(
    `SELECT request, answer FROM answers WHERE model = ? AND repeat = 0 AND request IN (${'?, '.repeat(TOGETHER - 1)}?)`,
  );
  const insert = database.prepare(
    'INSERT INTO answers (request, model, repeat, answer) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  return {
    get(key) {
      const row = select.get(key.request, key.model, key.repeat);
      return row === undefined ? null : (JSON.parse(String(row.answer)) as Answer);
    },
    getMany(model, requests) {
      const found = new Map<string, Answer>();
      for (let start = 0; start < requests.length; start += TOGETHER) {
        const asked = requests.slice(start, start + TOGETHER);
        // The last ones are filled up, so that one statement serves all.
        const filled = [...asked, ...new Array<string>(TOGETHER - asked.length).fill('')];
        for (const row of selectMany.all(model, ...filled))
          found.set(String(row.request), JSON.parse(String(row.answer)) as Answer);
      }
      return found;
    },
    put(key, answer) {
      insert.run(key.request, key.model, key.repeat, JSON.stringify(answer));
    },
    close() {
      database.close();
    },
  };
}
