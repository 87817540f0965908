import { type Github, openGithub, type Patience } from '../../src/github/open-github.ts';
import { type GithubOptions, type GithubServer, startGithub } from './start-github.ts';
import { TEST_TOKEN } from './world.ts';

export interface Connection {
  server: GithubServer;
  github: Github;
  notices: string[];
  /** What names the repository in most calls. */
  place: { owner: string; repo: string };
}

/** A client of a stand-in of its own, which does not wait where it is asked to. */
export async function connect(
  { onTestFinished }: { onTestFinished: (close: () => Promise<void>) => void },
  {
    token = TEST_TOKEN,
    patience = {},
    ...options
  }: GithubOptions & { token?: string; patience?: Partial<Patience> } = {},
): Promise<Connection> {
  const server = await startGithub(options);
  onTestFinished(() => server.close());
  const notices: string[] = [];
  const github = openGithub({
    token,
    apiUrl: server.url,
    onNotice: (text) => notices.push(text),
    patience: { secondMs: 0, ...patience },
  });
  const { owner, repo } = server.world;
  return { server, github, notices, place: { owner, repo } };
}
