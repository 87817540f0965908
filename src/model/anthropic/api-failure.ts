import { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import { suggestModel } from './model-names.ts';
import type { RefusalCause } from './pace.ts';
import { retryAfterMs } from './wait-headers.ts';

/** What a request that was not answered means. */
export type Failure =
  /** No request can succeed. */
  | { kind: 'fatal'; what: string; mend: string }
  /** This request cannot succeed. */
  | { kind: 'rejected'; reason: string }
  /** `maybePaid`: it may have been answered, and the answer lost on the way. */
  | { kind: 'again'; cause: RefusalCause; what: string; waitMs: number | null; maybePaid: boolean };

export interface FailureContext {
  model: string;
  /** Where requests go, for the message. */
  baseURL: string;
  /** Never to be seen in what is said. */
  apiKey: string;
  /** Milliseconds since 1970. */
  now: number;
}

const SPEND_LIMITS = ['contract_spend_limit_reached', 'enforced_spend_limit_reached'];
const UNREACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Reads what the SDK throws. */
export function readFailure(error: unknown, context: FailureContext): Failure {
  if (error instanceof APIError && !(error instanceof APIConnectionError) && error.status !== undefined)
    return readStatus(error, error.status, context);
  const { code, message } = innermost(error);
  const what = clean(`the connection to ${context.baseURL} failed: ${message}`, context.apiKey);
  return { kind: 'again', cause: 'failure', what, waitMs: null, maybePaid: !UNREACHED.includes(code) };
}

/** An answer that came with status 200 and is none. */
export function unreadableAnswer(what: string): Failure {
  return { kind: 'again', cause: 'failure', what, waitMs: null, maybePaid: true };
}

function readStatus(
  error: APIError,
  status: number,
  { model, baseURL, apiKey, now }: FailureContext,
): Failure {
  const said = clean(error.apiMessage ?? error.message, apiKey);
  const what = `the API answered ${status}: ${said}`;
  const isMoney =
    error.type === 'billing_error' ||
    SPEND_LIMITS.includes(error.errorCode ?? '') ||
    (status === 400 && /credit balance/i.test(said));
  if (status === 402 || isMoney)
    return { kind: 'fatal', what, mend: 'Look at the billing of the account that owns the key.' };
  switch (status) {
    case 401:
      return {
        kind: 'fatal',
        what: `the key was refused: ${said}`,
        mend: 'Set ANTHROPIC_API_KEY to a key that is valid.',
      };
    case 403:
      return {
        kind: 'fatal',
        what: `the key may not do this: ${said}`,
        mend: `Use a key that may use ${model}.`,
      };
    case 404: {
      const near = suggestModel(model);
      const mend =
        near === null ? `Look whether the name is right and ${baseURL} is the API.` : `Did you mean ${near}?`;
      return { kind: 'fatal', what: `no model ${model} at the API: ${said}`, mend };
    }
  }
  const isTemporary = [408, 409, 429].includes(status) || status >= 500;
  if (!isTemporary || (error.headers?.get('x-should-retry') === 'false' && status !== 429))
    return { kind: 'rejected', reason: what };
  const waitMs = error.headers === undefined ? null : retryAfterMs(error.headers, now);
  const cause = status === 429 ? 'rate' : status === 529 || status === 503 ? 'overload' : 'failure';
  return { kind: 'again', cause, what, waitMs, maybePaid: false };
}

/** The deepest cause says what happened; the ones around it say that something failed. */
function innermost(error: unknown): { code: string; message: string } {
  let inner: unknown = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : '';
  return { code, message: inner instanceof Error ? inner.message || code : String(inner) };
}

/** One line of at most 300 characters, without the key and without what steers a terminal. */
function clean(text: string, apiKey: string): string {
  return text
    .replaceAll(apiKey, '[key]')
    .replace(/[\p{C}\s]+/gu, ' ')
    .slice(0, 300)
    .trim();
}
