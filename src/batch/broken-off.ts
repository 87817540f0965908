import { IncompleteRunError } from '../errors/errors.ts';

/** Questions were canceled with their batch, by whoever did that. */
export function canceledError(count: number): IncompleteRunError {
  const what = count === 1 ? 'A question was canceled' : `${count} questions were canceled`;
  return new IncompleteRunError(
    `${what} with the batch.`,
    'The answers that came before are kept: the same command asks the rest.',
  );
}

/** @param batches how many go on at the API, 1 or more */
export function stoppedError(batches: number, mend: string): IncompleteRunError {
  const goOn = batches === 1 ? 'a batch goes' : `${batches} batches go`;
  return new IncompleteRunError(`The run was stopped; ${goOn} on at the API.`, mend);
}
