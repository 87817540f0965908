/** Who a token is, and whether it may write. */
export interface Identity {
  login: string;
  type: 'Bot' | 'User';
  mayWrite: boolean;
  /** GraphQL tells a token its login; not every installation lets it. */
  hasGraphql: boolean;
}

export interface Comment {
  id: number;
  issue: number;
  login: string;
  body: string;
}

export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: string;
  message: string;
  title?: string;
}

export interface CheckRun {
  id: number;
  /** Login of the app that made it. */
  app: string;
  name: string;
  head_sha: string;
  external_id: string | null;
  status: string;
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  annotations: Annotation[];
}

export interface Pull {
  number: number;
  state: 'open' | 'closed';
  head: { sha: string; ref: string; repo: { id: number; fullName: string } | null };
  base: { ref: string };
  labels: string[];
}

export interface WorkflowRun {
  id: number;
  repositoryId: number;
}

export interface Artifact {
  id: number;
  runId: number;
  name: string;
  expired: boolean;
  /** As the list of artifacts says; by default what the archive has. */
  sizeInBytes?: number;
  /** What the storage sends, under a true length or none; `endless` goes on until nobody listens. */
  archive: Buffer | 'endless';
  /** How many requests the storage refuses with 503 before it sends. */
  failures?: number;
}

/** All that the stand-in knows of its one repository; tests fill it and look at it. */
export interface World {
  owner: string;
  repo: string;
  repositoryId: number;
  /** By token. */
  identities: ReadonlyMap<string, Identity>;
  comments: Comment[];
  checks: CheckRun[];
  pulls: Pull[];
  runs: WorkflowRun[];
  artifacts: Artifact[];
  /** An id that nothing has yet. */
  nextId: () => number;
}

/** The token that `startGithub` takes for a workflow's own. */
export const TEST_TOKEN = 'ghs_0123456789abcdefghijABCDEFGHIJ012345';
export const ACTIONS_BOT: Identity = {
  login: 'github-actions[bot]',
  type: 'Bot',
  mayWrite: true,
  hasGraphql: true,
};

export function emptyWorld(given: Partial<World> = {}): World {
  let last = 1000;
  return {
    owner: 'octo',
    repo: 'prompts',
    repositoryId: 77,
    identities: new Map([[TEST_TOKEN, ACTIONS_BOT]]),
    comments: [],
    checks: [],
    pulls: [],
    runs: [],
    artifacts: [],
    nextId: () => {
      last += 1;
      return last;
    },
    ...given,
  };
}
