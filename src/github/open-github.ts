import { randomUUID } from 'node:crypto';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { InputError } from '../errors/errors.ts';
import { githubError } from './github-error.ts';
import { wholeAnswers } from './whole-answer.ts';

const Client = Octokit.plugin(retry, throttling, paginateRest);

/** Octokit with pagination, retries and GitHub's rate limits. Every failed call throws a `GithubError`. */
export type Github = InstanceType<typeof Client>;

/** A repository, as `owner/repo` names it. */
export interface Repository {
  owner: string;
  repo: string;
}

/** How long the client waits before it gives up. */
export interface Patience {
  /** Milliseconds to a second of waiting: 1,000 but in tests. */
  secondMs: number;
  /** All pauses that rate limits ask for, together. */
  longestPauseSeconds: number;
  /** From a request to the last byte of its answer. */
  answerTimeoutMs: number;
}

export interface GithubOptions {
  token: string;
  /** As GITHUB_API_URL has it. */
  apiUrl: string;
  /** A sentence for the log. */
  onNotice: (text: string) => void;
  patience?: Partial<Patience>;
}

const PATIENCE: Patience = { secondMs: 1_000, longestPauseSeconds: 300, answerTimeoutMs: 30_000 };
const RETRIES = 3;
const API_VERSION = '2022-11-28';

/**
 * A client for GitHub's REST API. Failures of the server or the network are retried three times, and pauses that
 * GitHub asks for are kept, as long as they are not too long together.
 *
 * @throws InputError where token or address cannot be used
 */
export function openGithub({ token, apiUrl, onNotice, patience }: GithubOptions): Github {
  const { secondMs, longestPauseSeconds, answerTimeoutMs } = { ...PATIENCE, ...patience };
  const baseUrl = checkInput(token, apiUrl);
  let paused = 0;
  /** Whether to keep a pause that GitHub asks for, in seconds. */
  const pause = (seconds: number, _request: unknown, _client: unknown, retries: number): boolean => {
    if (retries >= RETRIES || !(paused + seconds <= longestPauseSeconds)) return false;
    paused += seconds;
    onNotice(`GitHub's rate limit asks for a pause of ${seconds} s.`);
    return true;
  };
  const silent = () => {};
  const log = { debug: silent, info: silent, warn: onNotice, error: onNotice };
  const github = new Client({
    auth: token,
    baseUrl,
    userAgent: 'touchstone',
    log,
    request: { fetch: wholeAnswers(answerTimeoutMs), log },
    retry: {
      retries: RETRIES,
      retryAfterBaseValue: secondMs,
      doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451],
    },
    throttle: {
      /** Clients of one process would else share a pace. */
      id: randomUUID(),
      retryAfterBaseValue: secondMs,
      onRateLimit: pause,
      onSecondaryRateLimit: pause,
    },
  });
  github.hook.before('request', ({ headers }) => {
    headers['x-github-api-version'] = API_VERSION;
  });
  github.hook.error('request', (error, { method, url }) => {
    throw githubError(error, { method, url }, token);
  });
  return github;
}

/** The address without a slash at its end. */
function checkInput(token: string, apiUrl: string): string {
  const problem = (file: string, what: string, mend: string) => ({ file, line: null, id: null, what, mend });
  const usable = /^[\x21-\x7e]+$/.test(token);
  const address = URL.parse(apiUrl);
  const known = address !== null && ['https:', 'http:'].includes(address.protocol) && address.username === '';
  const problems = [
    ...(usable
      ? []
      : [problem('GITHUB_TOKEN', 'the token is empty or holds what no token can', 'Set it once more')]),
    ...(known ? [] : [problem('GITHUB_API_URL', 'not an address of an API', 'Write https://api.github.com')]),
  ];
  if (problems.length > 0) throw new InputError(problems);
  return apiUrl.replace(/\/+$/, '');
}
