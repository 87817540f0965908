import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type BatchLog, type IntendedBatch, openBatchLog } from './batch-log.ts';

const open: BatchLog[] = [];
const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'touchstone-log-')), 'state', 'store.sqlite');
const openLog = (file = newFile()) => {
  const log = openBatchLog(file);
  open.push(log);
  return log;
};
afterEach(() => {
  for (const log of open.splice(0)) log.end();
});

const batch: IntendedBatch = {
  origin: 'http://127.0.0.1',
  model: 'claude-haiku-5-5',
  storedAs: 'anthropic:claude-haiku-5-5',
  suite: 'color',
  task: { fields: { color: { kind: 'nominal', labels: ['red', 'blue'] } } },
  owner: '1 2 host',
  touchedAt: 1000,
};
const request = (customId: string) => ({ customId, request: customId.repeat(64), repeat: 0 });
const [a, b, c] = ['a', 'b', 'c'].map(request) as [
  ReturnType<typeof request>,
  ...ReturnType<typeof request>[],
];
if (b === undefined || c === undefined) throw new Error('three requests');

describe('the batch log', () => {
  it('keeps a batch through all it goes through, for the next process too', () => {
    const file = newFile();
    const log = openLog(file);
    const number = log.intend(batch, [a, b])?.number ?? 0;
    const last = () => openLog(file).list()[0];
    expect(last()).toEqual({
      ...{ ...batch, number, state: 'intended', id: null, requests: 2, notIds: [], intendedAt: 1000 },
      counts: null,
    });
    log.creating(number, 2000);
    expect(last()).toMatchObject({ state: 'creating', touchedAt: 2000, intendedAt: 1000 });
    log.identified(number, 'msgbatch_1', 'presumed');
    log.refuted(number, 'msgbatch_1');
    expect(last()).toMatchObject({ state: 'creating', id: null, notIds: ['msgbatch_1'] });
    log.identified(number, 'msgbatch_2', 'open');
    log.release(number);
    expect(last()).toMatchObject({ state: 'open', id: 'msgbatch_2', owner: '' });
    expect(openLog(file).requestsOf(number)).toEqual([a, b]);
    const counts = { succeeded: 1, errored: 0, canceled: 0, expired: 1 };
    log.close(number, counts);
    expect(last()).toMatchObject({ state: 'closed', counts });
    expect(log.requestsOf(number)).toEqual([]);
  });

  it('gives a request to one batch at a time, and frees it when that is closed or withdrawn', () => {
    const file = newFile();
    const [one, two] = [openLog(file), openLog(file)];
    const first = one.intend(batch, [a, b])?.number ?? 0;
    expect(two.intend(batch, [a, b])).toBeNull();
    const second = two.intend(batch, [b, c]);
    expect(second?.requests).toBe(1);
    expect(one.requestsOf(second?.number ?? 0)).toEqual([c]);
    one.close(first, null);
    two.withdraw(second?.number ?? 0);
    expect(one.intend(batch, [a, b, c])?.requests).toBe(3);
  });

  it('forgets what a process gives up before anything was sent', () => {
    const log = openLog();
    log.release(log.intend(batch, [a])?.number ?? 0);
    expect(log.list()).toEqual([]);
    expect(log.intend(batch, [a])?.requests).toBe(1);
  });

  it('tells models and APIs apart', () => {
    const log = openLog();
    log.intend(batch, [a]);
    expect(log.intend({ ...batch, model: 'another' }, [a])?.requests).toBe(1);
    expect(log.intend({ ...batch, origin: 'http://localhost' }, [a])?.requests).toBe(1);
  });

  it("does not give two batches one id of the API's", () => {
    const log = openLog();
    const [one, two] = [log.intend(batch, [a])?.number ?? 0, log.intend(batch, [b])?.number ?? 0];
    log.identified(one, 'msgbatch_1', 'presumed');
    log.identified(two, 'msgbatch_1', 'presumed');
    expect(log.list().map(({ id, state }) => [id, state])).toEqual([
      ['msgbatch_1', 'presumed'],
      [null, 'intended'],
    ]);
  });

  it('is readable by its owner alone', () => {
    const file = newFile();
    openLog(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  });
});
