import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IncompleteRunError } from '../errors/errors.ts';
import type { Reply, Route } from './routes.ts';

/** The longest request that is read, in bytes. */
const MOST_BYTES = 65_536;

/** What every answer carries: nothing is kept, framed, guessed at or handed to another site. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export interface PageServer {
  /** With the token that every request must carry. */
  url: string;
  close(): Promise<void>;
}

/**
 * Serves routes on 127.0.0.1 alone, to whoever knows a random token of 128 bits, which stands in the path. The name
 * that was asked for must be a loopback one, so that no foreign name that leads here can be used; what writes must come
 * from the page itself.
 *
 * @param options the port, 0 for any that is free; the page's content policy; who is told what kept a request from
 *   being answered, such as a full disk
 * @throws IncompleteRunError where the port is taken
 */
export async function serve(
  routes: readonly Route[],
  { port, policy, tell }: { port: number; policy: string; tell(error: unknown): void },
): Promise<PageServer> {
  const token = randomBytes(16).toString('hex');
  let hosts: readonly string[] = [];
  const server = createServer((request, response) => {
    const deliver = (reply: Reply) => send(response, reply, policy);
    answer(request, { routes, token, hosts }).then(deliver, (error: unknown) => {
      // Whoever sent half a request and left is owed nothing.
      if (!request.complete) return void response.destroy();
      tell(error);
      deliver(refusal(500, 'the program failed, and its terminal says why'));
    });
  });
  await new Promise<void>((resolve, reject) => {
    const refuse = ({ message }: Error) =>
      reject(new IncompleteRunError(`Port ${port} cannot be used: ${message}.`, 'Give another with --port.'));
    server.once('error', refuse).listen(port, '127.0.0.1', () => resolve());
  });
  const { port: actual } = server.address() as AddressInfo;
  hosts = [`127.0.0.1:${actual}`, `localhost:${actual}`];
  return {
    url: `http://127.0.0.1:${actual}/${token}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An answer that says what is wrong with a request. */
export function refusal(status: number, error: string, more: Readonly<Record<string, unknown>> = {}): Reply {
  return { status, type: 'application/json', body: JSON.stringify({ error, ...more }) };
}

async function answer(
  request: IncomingMessage,
  { routes, token, hosts }: { routes: readonly Route[]; token: string; hosts: readonly string[] },
): Promise<Reply> {
  const host = request.headers.host ?? '';
  if (!hosts.includes(host)) return refusal(403, 'this page is for 127.0.0.1 alone');
  const url = URL.parse(request.url ?? '/', 'http://127.0.0.1');
  if (url === null) return refusal(400, 'this is no address');
  const [, given = '', ...rest] = url.pathname.split('/');
  if (!isSame(given, token)) return refusal(403, 'the address lacks the token that was printed');
  const path = rest.join('/');
  const known = routes.filter((route) => route.path === path);
  if (known.length === 0) return refusal(404, 'there is nothing here');
  const route = known.find(({ method }) => method === request.method);
  if (route === undefined) {
    const allow = known.map(({ method }) => method).join(', ');
    return { ...refusal(405, `use ${allow}`), headers: { Allow: allow } };
  }
  if (route.method === 'GET') return route.answer(url.searchParams, null);
  if (request.headers.origin !== `http://${host}`) return refusal(403, 'only the page itself may save');
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return refusal(415, 'send JSON');
  const body = await readBody(request);
  if (body === null)
    return { ...refusal(413, `more than ${MOST_BYTES} bytes`), headers: { Connection: 'close' } };
  try {
    return route.answer(url.searchParams, JSON.parse(body));
  } catch (error) {
    if (error instanceof SyntaxError) return refusal(400, 'not valid JSON');
    throw error;
  }
}

/** A request's body as text; null where it is too long. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, type, body, headers = {} }: Reply, policy: string): void {
  response.writeHead(status, {
    ...HEADERS,
    'Content-Security-Policy': policy,
    'Content-Type': `${type}; charset=utf-8`,
    ...headers,
  });
  response.end(body);
}

/** Compares in a time that says nothing of where two texts differ. */
function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
