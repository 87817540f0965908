import { readCapped } from './read-capped.ts';

/** A hundred comments of 64 Ki characters at four bytes each, escaped as JSON. */
const MAX_ANSWER_BYTES = 64 * 2 ** 20;
const WITHOUT_BODY = [204, 205, 304];

/**
 * `fetch` for Octokit, which takes a body that broke off, or a page of HTML, for an empty list. Here every answer
 * has arrived whole within its time, and is JSON where it is a success; else the call fails and is retried.
 *
 * @param timeoutMs from the call to the last byte
 */
export function wholeAnswers(timeoutMs: number): typeof fetch {
  return async (address, init) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(address, { ...init, signal });
    const { status, statusText, headers } = response;
    const body = await readCapped(response, MAX_ANSWER_BYTES);
    if (response.ok && body.length > 0) requireJson(headers.get('content-type') ?? '', body);
    const content = WITHOUT_BODY.includes(status) ? null : new Uint8Array(body);
    const answer = new Response(content, { status, statusText, headers });
    return Object.defineProperty(answer, 'url', { value: response.url });
  };
}

function requireJson(contentType: string, body: Buffer): void {
  if (!/^application\/json\b/i.test(contentType))
    throw new Error(`the answer is not JSON but ${contentType}`);
  JSON.parse(body.toString());
}
