import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { actionRoutes } from './action-routes.ts';
import { ApiError, notFound } from './api-error.ts';
import type { Behave, Behaviour, RecordedRequest } from './behaviour.ts';
import { checkRoutes } from './check-routes.ts';
import { deliver, errorOf } from './deliver.ts';
import { issueRoutes, notAccessible } from './issue-routes.ts';
import { pullRoutes } from './pull-routes.ts';
import { matchRoute, type Reply, type Routes } from './route.ts';
import { startStorage } from './storage.ts';
import { emptyWorld, type Identity, type World } from './world.ts';

export interface GithubOptions {
  /** What is there at the start; by default an empty repository octo/prompts, and a workflow's token. */
  world?: Partial<World>;
  behave?: Behave;
}

/** A stand-in for GitHub's API that is running on loopback. */
export interface GithubServer {
  /** For GITHUB_API_URL. */
  url: string;
  world: World;
  /** Every request so far, in the order of arrival. */
  requests: readonly RecordedRequest[];
  /** Requests to where archives lie. */
  storageRequests: readonly { authorized: boolean }[];
  close(): Promise<void>;
}

const ROUTES: Routes = { ...issueRoutes, ...checkRoutes, ...pullRoutes, ...actionRoutes };

/** Starts a server that speaks the part of GitHub's REST API that is used, and misbehaves as it is told to. */
export async function startGithub({ world: given, behave }: GithubOptions = {}): Promise<GithubServer> {
  const world = emptyWorld(given);
  const storage = await startStorage(world.artifacts);
  const requests: RecordedRequest[] = [];

  async function serve(raw: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readAll(raw);
    const { pathname, searchParams } = new URL(raw.url ?? '', url);
    const method = raw.method ?? '';
    const [route = `${method} ${pathname}`] = Object.keys(ROUTES).filter(
      (candidate) => matchRoute(candidate, method, pathname) !== null,
    );
    const viewer = viewerOf(raw, world);
    const request: RecordedRequest = {
      route,
      number: 1 + requests.filter((earlier) => earlier.route === route).length,
      path: raw.url ?? '',
      headers: withoutToken(raw),
      login: viewer?.login ?? null,
      body: text === '' ? null : JSON.parse(text),
      status: null,
    };
    requests.push(request);
    const behaviour = behave?.(request);
    const carryOut = (): Reply => {
      const parameters = matchRoute(route, method, pathname);
      const handler = ROUTES[route];
      if (handler === undefined || parameters === null) throw notFound();
      checkAccess(request, viewer, parameters, world);
      return handler({
        world,
        viewer,
        parameters,
        query: searchParams,
        address: `${url}${pathname}`,
        body: request.body,
        archiveAddress: storage.addressOf,
      });
    };
    request.status = deliver(response, replyOf(carryOut, behaviour), behaviour);
  }

  const server = createServer((raw, response) => {
    serve(raw, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    world,
    requests,
    storageRequests: storage.requests,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await Promise.all([once(server, 'close'), storage.close()]);
    },
  };
}

function replyOf(carryOut: () => Reply, behaviour: Behaviour | undefined): Reply {
  try {
    const error = errorOf(behaviour);
    const before = behaviour !== undefined && !('when' in behaviour && behaviour.when === 'after');
    if (error !== null && before) throw error;
    if (behaviour?.kind === 'reset' && before) return { status: 0 };
    const reply = carryOut();
    if (error !== null) throw error;
    return reply;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, headers: error.headers, data: error.body() };
  }
}

function checkAccess(
  { route, headers }: RecordedRequest,
  viewer: Identity | null,
  { owner, repo }: Readonly<Record<string, string>>,
  world: World,
): asserts viewer is Identity {
  if (headers['user-agent'] === undefined)
    throw new ApiError(403, 'Request forbidden by administrative rules.');
  if (headers['x-github-api-version'] !== '2022-11-28') throw new ApiError(400, 'Unsupported API version');
  if (viewer === null) throw new ApiError(401, 'Bad credentials');
  if (owner !== undefined && (owner !== world.owner || repo !== world.repo)) throw notFound();
  if (!viewer.mayWrite && !route.startsWith('GET ') && route !== 'POST /graphql') throw notAccessible();
}

function viewerOf({ headers }: IncomingMessage, { identities }: World): Identity | null {
  const token = /^(?:bearer|token) (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return token === undefined ? null : (identities.get(token) ?? null);
}

function withoutToken({ headers }: IncomingMessage): Record<string, string | undefined> {
  const { authorization: _, ...rest } = headers;
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value?.toString()]));
}

async function readAll(raw: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of raw) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
