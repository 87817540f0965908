import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { Artifact } from './world.ts';

/** Where GitHub keeps archives: another host, which needs no token and must not be given one. */
export interface Storage {
  addressOf: (artifact: number) => string;
  /** Whether each request came with a token. */
  requests: readonly { authorized: boolean }[];
  close(): Promise<void>;
}

const PIECE = Buffer.alloc(2 ** 16);

export async function startStorage(artifacts: readonly Artifact[]): Promise<Storage> {
  const requests: { authorized: boolean }[] = [];
  const server = createServer((request, response) => {
    const authorized = request.headers.authorization !== undefined;
    requests.push({ authorized });
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const artifact = artifacts.find(({ id }) => pathname === `/archives/${id}`);
    if (authorized) return void refuse(response, 400);
    if (artifact === undefined || searchParams.get('sig') !== SIGNATURE) return void refuse(response, 404);
    if ((artifact.failures ?? 0) > 0) {
      artifact.failures = (artifact.failures ?? 0) - 1;
      return void refuse(response, 503);
    }
    response.writeHead(200, {
      'content-type': 'application/zip',
      ...(artifact.archive === 'endless' ? {} : { 'content-length': String(artifact.archive.length) }),
    });
    if (artifact.archive === 'endless')
      Readable.from(pieces())
        .on('error', () => {})
        .pipe(response);
    else response.end(artifact.archive);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    addressOf: (artifact) => `http://127.0.0.1:${port}/archives/${artifact}?sig=${SIGNATURE}`,
    requests,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Part of every address: whoever has it can read the archive. */
export const SIGNATURE = 'signed-0123456789';

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain' });
  response.end('refused');
}

function* pieces() {
  for (;;) yield PIECE;
}
