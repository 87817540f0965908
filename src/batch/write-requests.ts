import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { BatchRequest } from './batch-request.ts';
import { type BatchLimits, splitRequests } from './split-requests.ts';

/**
 * Writes requests as JSON Lines in the Message Batches format, readable by the owner alone: to `file`, or to
 * `file.1`, `file.2` … where one batch could not take them all. Each file is there whole or not at all.
 *
 * @returns the files and how many requests each has
 */
export function writeRequests(
  file: string,
  requests: readonly (() => BatchRequest)[],
  limits: BatchLimits,
): { file: string; requests: number }[] {
  const lineOf = (request: () => BatchRequest) => `${JSON.stringify(request())}\n`;
  const parts = splitRequests(requests, (request) => Buffer.byteLength(lineOf(request)), limits);
  return parts.map((part, index) => {
    const name = parts.length === 1 ? file : `${file}.${index + 1}`;
    const unfinished = `${name}.${process.pid}.part`;
    rmSync(unfinished, { force: true });
    const handle = openSync(unfinished, 'wx', 0o600);
    try {
      for (const request of part) writeSync(handle, lineOf(request));
    } finally {
      closeSync(handle);
    }
    renameSync(unfinished, name);
    return { file: name, requests: part.length };
  });
}
