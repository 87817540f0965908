import { GithubError, hasStatus } from './github-error.ts';

const ATTEMPTS = 3;

/**
 * Carries out something that looks at what is there and then writes what is missing. Where a write fails in such
 * a way that it may yet have happened, it looks again, so that nothing is written twice.
 */
export async function withoutDoubling<T>(lookAndWrite: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await lookAndWrite();
    } catch (error) {
      const unsure = error instanceof GithubError && error.mayHaveHappened;
      if (!unsure || attempt === ATTEMPTS) throw error;
    }
  }
}

/** For a request that must not be sent twice. */
export const SENT_ONCE = { retries: 0 } as const;

/** Carries out a write; false where GitHub says that there is nothing to write to, or not for this token. */
export async function isAllowed(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (!hasStatus(error, 403, 404)) throw error;
    return false;
  }
}
