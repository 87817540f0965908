import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { NO_USAGE } from '../model/model.ts';
import type { Answer } from '../schema/run-record.ts';
import { sqliteStore } from './sqlite-store.ts';
import { memoryStore, type Store } from './store.ts';

const answer: Answer = {
  status: 'answered',
  label: { primary: 'other', topics: [] },
  raw: 'a lone \ud800 surrogate, a \0 and {{ 7*7 }}',
  usage: NO_USAGE,
  latency_ms: 12,
};
const key = { request: 'a'.repeat(64), model: 'embedded', repeat: 0 };
const open: Store[] = [];
const keep = (store: Store) => {
  open.push(store);
  return store;
};
const newFile = () =>
  path.join(mkdtempSync(path.join(tmpdir(), 'touchstone-store-')), 'state', 'store.sqlite');

afterEach(() => {
  for (const store of open.splice(0)) store.close();
});

describe.each([
  ['the SQLite store', () => sqliteStore(newFile())],
  ['the memory store', () => memoryStore()],
])('%s', (_name, make) => {
  it('gives back what was put, to the byte', () => {
    const store = keep(make());
    store.put(key, answer);
    expect(store.get(key)).toEqual(answer);
  });

  it('tells models and repeats of one request apart', () => {
    const store = keep(make());
    store.put(key, answer);
    expect(store.get({ ...key, repeat: 1 })).toBeNull();
    expect(store.get({ ...key, model: 'another' })).toBeNull();
    expect(store.get({ ...key, request: 'b'.repeat(64) })).toBeNull();
  });
});

describe('the SQLite store', () => {
  it('is readable by its owner alone', () => {
    const file = newFile();
    keep(sqliteStore(file));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  });

  it('may be open twice, each seeing what the other has put', () => {
    const file = newFile();
    const [one, two] = [keep(sqliteStore(file)), keep(sqliteStore(file))];
    one.put(key, answer);
    two.put({ ...key, repeat: 1 }, answer);
    expect(two.get(key)).toEqual(answer);
    expect(one.get({ ...key, repeat: 1 })).toEqual(answer);
  });

  it('keeps an answer whose process is killed right after put', () => {
    const file = newFile();
    const script = `
      const { sqliteStore } = await import(${JSON.stringify(new URL('./sqlite-store.ts', import.meta.url).href)});
      sqliteStore(${JSON.stringify(file)}).put(${JSON.stringify(key)}, ${JSON.stringify(answer)});
      process.kill(process.pid, 'SIGKILL');`;
    expect(() =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' }),
    ).toThrow();
    expect(keep(sqliteStore(file)).get(key)).toEqual(answer);
  });
});
