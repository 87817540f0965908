import path from 'node:path';
import { projectPrefix } from '../project/git-changes.ts';

/**
 * Paths as a workflow's annotations want them, from the repository's root, of paths as they are shown, from the
 * working directory. A file outside of the repository keeps its path.
 *
 * @throws InputError outside of a clone
 */
export function placeInRepository(root: string, cwd: string): (file: string) => string {
  const prefix = projectPrefix(root);
  return (file) => {
    const inProject = path.relative(root, path.resolve(cwd, file)).replaceAll(path.sep, '/');
    return path.posix.join(prefix, inProject);
  };
}
