import { IncompleteRunError } from '../errors/errors.ts';
import { safeText } from '../report/terminal/safe-text.ts';

/** What was asked of GitHub when it failed. */
export interface FailedRequest {
  method: string;
  /** A path or an address, of which only the path is shown. */
  url: string;
}

/** A call that GitHub refused or did not answer, after all retries. It holds neither the token nor a header. */
export class GithubError extends IncompleteRunError {
  /** Of the last answer; null where there was none. */
  readonly status: number | null;
  /** Whether a write may have been carried out although its answer is an error. */
  readonly mayHaveHappened: boolean;

  constructor(what: string, mend: string, status: number | null, mayHaveHappened: boolean) {
    super(what, mend);
    this.name = 'GithubError';
    this.status = status;
    this.mayHaveHappened = mayHaveHappened;
  }
}

/** Whether GitHub's last answer had one of these statuses. */
export function hasStatus(error: unknown, ...statuses: readonly number[]): boolean {
  return error instanceof GithubError && error.status !== null && statuses.includes(error.status);
}

/**
 * What Octokit threw, as an error for people.
 *
 * @param secret is taken out wherever it stands
 */
export function githubError(thrown: unknown, request: FailedRequest, secret: string): GithubError {
  const { status, headers } = answerOf(thrown);
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const reason = safeText(said.replaceAll(secret, '***').replaceAll(/\s+/g, ' ')).slice(0, 300);
  const call = `${request.method} ${pathOf(request.url)}`;
  const failed = status === null || status >= 500;
  const mayHaveHappened = failed && request.method !== 'GET';
  const make = (what: string, mend: string) => new GithubError(what, mend, status, mayHaveHappened);
  if (status === null) return make(`GitHub did not answer ${call}: ${reason}`, 'Run the job again.');
  if (isRateLimit(status, headers, said)) {
    return make(
      `GitHub's rate limit is used up at ${call}: ${reason}`,
      `Run the job again ${afterReset(headers)}.`,
    );
  }
  return make(`GitHub answered ${status} to ${call}: ${reason}`, mendFor(status));
}

function mendFor(status: number): string {
  if (status === 401) return 'Check that the token is right and has not run out.';
  if (status === 403) {
    return 'Give the job the permissions it needs: `checks: write`, `pull-requests: write`, `actions: read`.';
  }
  if (status === 404) return 'Check that it exists, and that the token may see it.';
  return status >= 500 ? 'Run the job again.' : 'Run the job again; if it stays, report it.';
}

type Headers = Readonly<Record<string, unknown>>;

/** Octokit gives a call that was never answered the status 500, without a response. */
function answerOf(thrown: unknown): { status: number | null; headers: Headers } {
  const response = property(thrown, 'response');
  const status = property(response, 'status');
  const headers = property(response, 'headers');
  return {
    status: typeof status === 'number' ? status : null,
    headers: typeof headers === 'object' && headers !== null ? { ...headers } : {},
  };
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function isRateLimit(status: number, headers: Headers, said: string): boolean {
  if (status === 429) return true;
  return status === 403 && (headers['x-ratelimit-remaining'] === '0' || /\bsecondary rate\b/i.test(said));
}

function afterReset(headers: Headers): string {
  const reset = new Date(Number(headers['x-ratelimit-reset']) * 1000);
  if (headers['x-ratelimit-remaining'] !== '0' || Number.isNaN(reset.getTime())) return 'in some minutes';
  return `after ${reset.toISOString().slice(11, 16)} UTC`;
}

function pathOf(url: string): string {
  return safeText(url.replace(/^https?:\/\/[^/]*/, '').replace(/\?.*$/s, ''));
}
