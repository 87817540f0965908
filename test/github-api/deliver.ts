import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { ApiError } from './api-error.ts';
import type { Behaviour } from './behaviour.ts';
import type { Reply } from './route.ts';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** The error that a behaviour asks for; null where it asks for none. */
export function errorOf(behaviour: Behaviour | undefined): ApiError | null {
  switch (behaviour?.kind) {
    case 'error':
      return new ApiError(behaviour.status, behaviour.message ?? 'told to fail');
    case 'secondary-limit': {
      const { retryAfter } = behaviour;
      const message =
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
      return new ApiError(403, message, {
        headers: retryAfter === null ? {} : { 'retry-after': retryAfter },
      });
    }
    case 'primary-limit': {
      const headers = {
        'x-ratelimit-limit': '1000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(behaviour.reset),
      };
      return new ApiError(403, 'API rate limit exceeded for installation ID 1.', { headers });
    }
    default:
      return null;
  }
}

/** Sends a reply, or breaks it the way it is told to. Gives the status that was sent, null for none. */
export function deliver(
  response: ServerResponse,
  reply: Reply,
  behaviour: Behaviour | undefined,
): number | null {
  const text = reply.data === undefined ? '' : JSON.stringify(reply.data);
  const type = text === '' ? {} : JSON_TYPE;
  const sendHalf = () => {
    const bytes = Buffer.from(text);
    response.writeHead(reply.status, { ...type, ...reply.headers, 'content-length': String(bytes.length) });
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
    return reply.status;
  };
  switch (behaviour?.kind) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return null;
    case 'stall':
      return sendHalf();
    case 'break-off':
      sendHalf();
      setImmediate(() => response.socket?.resetAndDestroy());
      return reply.status;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><p>Welcome to this network');
      return 200;
    case 'endless':
      response.writeHead(200, JSON_TYPE);
      Readable.from(spaces()).pipe(response);
      return 200;
    default:
      response.writeHead(reply.status, { ...type, ...reply.headers });
      response.end(text);
      return reply.status;
  }
}

const SPACES = Buffer.alloc(2 ** 20, ' ');

function* spaces() {
  for (;;) yield SPACES;
}
