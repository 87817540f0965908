import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The commits at which a shallow clone ends, full hashes. They look as if they had made every file they have. Empty
 * where the clone is whole, and outside of git.
 */
export function shallowEdge(folder: string): ReadonlySet<string> {
  try {
    const file = execFileSync('git', ['rev-parse', '--git-path', 'shallow'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    const lines = readFileSync(path.resolve(folder, file), 'utf8').split('\n');
    return new Set(lines.filter((line) => line !== ''));
  } catch {
    return new Set();
  }
}
