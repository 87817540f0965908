/** Ways in which the stand-in can be told to answer. */
export type Behaviour =
  /** An error, instead of carrying the request out, or although it was carried out. */
  | { kind: 'error'; status: number; message?: string; when?: 'before' | 'after' }
  /** The socket is reset: before anything is done, or after it was. */
  | { kind: 'reset'; when: 'before' | 'after' }
  /** 403 with the documented message; without `retry-after` where it is null. */
  | { kind: 'secondary-limit'; retryAfter: string | null }
  /** 403 with no request remaining until then, in seconds since 1970. */
  | { kind: 'primary-limit'; reset: number }
  /** The usual headers, half the body, and then silence. */
  | { kind: 'stall' }
  /** The usual headers and half the body, and then a reset. */
  | { kind: 'break-off' }
  /** Status 200 and a page of HTML. */
  | { kind: 'html' }
  /** Status 200 and JSON that never ends. */
  | { kind: 'endless' };

/** What a request was, as far as a behaviour may depend on it. */
export interface RecordedRequest {
  /** As Octokit names it: `POST /repos/{owner}/{repo}/check-runs`. */
  route: string;
  /** 1-based, among the requests to the same route. */
  number: number;
  /** With its query. */
  path: string;
  /** Lower-case names; the token is left out. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Who asked; null for a token that nobody has. */
  login: string | null;
  /** As it came, parsed; null where there was none. */
  body: unknown;
  /** What was answered; null where the socket was reset or is still open. */
  status: number | null;
}

export type Behave = (request: RecordedRequest) => Behaviour | undefined;
