import { GithubError, hasStatus } from './github-error.ts';
import type { Github } from './open-github.ts';

/** Whose comments a workflow's own token writes. */
const ACTIONS_BOT = 'github-actions[bot]';
const logins = new WeakMap<Github, Promise<string>>();

/**
 * The login that a client's token writes as; asked once a client. REST tells it to people only; GraphQL to apps as
 * well. Where GraphQL does not answer this token, it is taken for a workflow's own.
 */
export function loginOf(github: Github): Promise<string> {
  const login = logins.get(github) ?? askLogin(github);
  logins.set(github, login);
  return login;
}

async function askLogin(github: Github): Promise<string> {
  try {
    const { viewer } = await github.graphql<{ viewer: { login: string } }>('query { viewer { login } }');
    return viewer.login;
  } catch (error) {
    if (error instanceof GithubError && !hasStatus(error, 403, 404)) throw error;
    return ACTIONS_BOT;
  }
}
