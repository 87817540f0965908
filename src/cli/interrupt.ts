import { IncompleteRunError } from '../errors/errors.ts';
import type { Terminal } from './terminal.ts';

/** Runs `work` with a signal that Ctrl-C or SIGTERM aborts; a second one ends the process at once. */
export async function interruptible<T>(
  terminal: Terminal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(3);
    terminal.err(`\n${name === 'SIGINT' ? 'Interrupted' : 'Told to stop'}: waiting for answers under way.\n`);
    controller.abort(
      new IncompleteRunError(
        'The run was stopped.',
        'What was answered is kept: the same command goes on from there.',
      ),
    );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
