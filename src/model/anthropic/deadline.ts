/**
 * Runs work under a signal that is aborted when the caller's is, or when the time is up: the SDK's own
 * timeout ends with the headers, and a body may stall after them.
 *
 * @throws DeadlineError when the time was up; otherwise what the work throws
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => controller.abort(new DeadlineError(milliseconds)), milliseconds);
  try {
    signal.throwIfAborted();
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.reason instanceof DeadlineError ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

class DeadlineError extends Error {
  constructor(milliseconds: number) {
    super(`no whole answer within ${milliseconds / 1000} s`);
    this.name = 'DeadlineError';
  }
}
