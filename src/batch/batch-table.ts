import { narrowTable } from '../report/terminal/narrow-table.ts';
import type { LoggedBatch } from '../store/batch-log.ts';

/**
 * Batches as lines of a table, the newest first.
 *
 * @param states what the API says of a batch just now, by its id, such as `in_progress`
 * @param now milliseconds since 1970
 * @param columns of the terminal
 */
export function batchTable(
  batches: readonly LoggedBatch[],
  states: ReadonlyMap<string, string>,
  now: number,
  columns: number,
): string[] {
  const head = [
    'batch',
    'suite',
    'model',
    'state',
    'requests',
    'succeeded',
    'errored',
    'expired',
    'canceled',
    'age',
  ];
  const rows = batches.toReversed().map((batch) => {
    const { id, suite, model, requests, counts, intendedAt } = batch;
    const numbers = [counts?.succeeded, counts?.errored, counts?.expired, counts?.canceled];
    const shown = numbers.map((count) => (count === undefined ? '-' : String(count)));
    const state = stateText(batch, id === null ? undefined : states.get(id));
    return [id ?? '(no id yet)', suite, model, state, String(requests), ...shown, ageText(now - intendedAt)];
  });
  return narrowTable(head, rows, columns);
}

/** Milliseconds as the largest unit that fits: `42 s`, `5 min`, `3 h`, `12 d`. */
function ageText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

function stateText({ state, counts }: LoggedBatch, atTheApi: string | undefined): string {
  if (state === 'closed') return counts === null ? 'forgotten' : 'taken in';
  if (state === 'intended' || state === 'creating') return 'being sent';
  return atTheApi ?? 'open';
}
