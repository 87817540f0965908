import { execFileSync } from 'node:child_process';
import { InputError } from '../errors/errors.ts';

/** What one git process left. */
export interface GitResult {
  status: number;
  /** Empty where the status is not 0. */
  stdout: Buffer;
  stderr: string;
}

export type Git = (args: readonly string[], input?: string) => GitResult;

/**
 * No pager, no lock, no replaced object, no network (a partial clone would fetch what it lacks), no hook and no
 * file monitor: what a repository's own configuration names as a command is not started.
 */
const QUIET = [
  ...['--no-pager', '--no-optional-locks', '--no-replace-objects', '-c', 'protocol.allow=never'],
  ...['-c', 'core.fsmonitor=', '-c', 'core.hooksPath=/dev/null'],
];
/** A git hook sets these for its own repository; here the folder alone decides. */
const OF_A_HOOK = /^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|NAMESPACE|GRAFT_FILE|CEILING_DIRECTORIES|TRACE.*)$/;
/** These change what a path or a diff means, or start a program of the user's. */
const OF_THE_USER = /^GIT_(EXTERNAL_DIFF|DIFF_OPTS|ATTR_SOURCE|[A-Z]+_PATHSPECS)$/;

/** A variable that git is given empty: `--config-env=<key>=<this>` unsets a key that may hold any character. */
export const EMPTY_VARIABLE = 'LANGUAGE';

/**
 * Git in one folder: it gives what the command printed, whatever the user's environment says.
 *
 * @throws InputError where git is not installed
 */
export function gitIn(folder: string): Git {
  const kept = Object.entries(process.env).filter(
    ([name]) => !OF_A_HOOK.test(name) && !OF_THE_USER.test(name),
  );
  const env = { ...Object.fromEntries(kept), LC_ALL: 'C', [EMPTY_VARIABLE]: '', GIT_TERMINAL_PROMPT: '0' };
  return (args, input = '') => {
    try {
      const stdout = execFileSync('git', [...QUIET, ...args], {
        cwd: folder,
        env,
        input,
        stdio: ['pipe', 'pipe', 'pipe'],
        maxBuffer: Number.POSITIVE_INFINITY,
      });
      return { status: 0, stdout, stderr: '' };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if ('code' in error && error.code === 'ENOENT') throw notInstalled();
      if (!('status' in error) || typeof error.status !== 'number') throw error;
      const stderr = 'stderr' in error ? String(error.stderr) : '';
      return { status: error.status, stdout: Buffer.alloc(0), stderr };
    }
  };
}

function notInstalled(): InputError {
  return new InputError([
    { file: 'git', line: null, id: null, what: 'is not installed', mend: 'Install git' },
  ]);
}
