import type { Identity, World } from './world.ts';

/** A request to a route, with what its handler needs. */
export interface Call {
  world: World;
  viewer: Identity;
  /** What stands in the path in place of `{name}`, decoded. */
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Address without its query, for the links to other pages. */
  address: string;
  body: unknown;
  /** Where an archive can be had. */
  archiveAddress: (artifact: number) => string;
}

export interface Reply {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Left out of 204 and 302. */
  data?: unknown;
}

export type Routes = Readonly<Record<string, (call: Call) => Reply>>;

/** What stands in a path for a route's `{name}`s; null where it is not that route. */
export function matchRoute(route: string, method: string, pathname: string): Record<string, string> | null {
  const [wanted = '', template = ''] = route.split(' ');
  if (wanted !== method) return null;
  const pattern = template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  const groups = new RegExp(`^${pattern}$`).exec(pathname)?.groups;
  if (groups === undefined) return pattern === pathname ? {} : null;
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}

/** A page of a list, and the links to the others as GitHub writes them. */
export function page<T>(
  { query, address }: Call,
  list: readonly T[],
): { items: T[]; headers: Record<string, string> } {
  const size = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 30)));
  const number = Math.max(1, Number(query.get('page') ?? 1));
  const last = Math.max(1, Math.ceil(list.length / size));
  const link = (to: number, name: string) => {
    const there = new URLSearchParams(query);
    there.set('page', String(to));
    return `<${address}?${there}>; rel="${name}"`;
  };
  const links = number < last ? [link(number + 1, 'next'), link(last, 'last')] : [];
  return {
    items: list.slice((number - 1) * size, number * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}
