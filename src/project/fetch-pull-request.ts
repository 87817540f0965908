import { execFileSync } from 'node:child_process';
import { IncompleteRunError } from '../errors/errors.ts';

export interface PullRequestFetch {
  number: number;
  /** Full hash of the commit that is wanted. */
  commit: string;
  token: string;
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * Fetches a pull request's commits as git objects, so that its files can be read as data. Nothing is checked out:
 * no file is written to the work tree, no hook and no filter runs. The token goes to git in the environment of that
 * one process, which no list of processes shows.
 *
 * @throws IncompleteRunError where they cannot be fetched, or the pull request has moved on
 */
export function fetchPullRequest(root: string, { number, commit, token, env }: PullRequestFetch): void {
  const git = (args: readonly string[], extra: Record<string, string> = {}) => {
    try {
      execFileSync('git', ['-c', 'core.hooksPath=/dev/null', ...args], {
        cwd: root,
        env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', ...extra },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      return true;
    } catch {
      return false;
    }
  };
  const isHere = () => git(['cat-file', '-e', `${commit}^{commit}`]);
  if (isHere()) return;
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  const isFetched = git(
    [
      ...['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', 'origin'],
      `+refs/pull/${number}/head:refs/touchstone/pull/${number}`,
    ],
    {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${server}/.extraheader`,
      GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
    },
  );
  if (isFetched && isHere()) return;
  throw new IncompleteRunError(
    `The commit ${commit} of pull request ${number} ${isFetched ? 'is no longer its head' : 'could not be fetched'}.`,
    'Run the job again, or let the next push start it.',
  );
}
