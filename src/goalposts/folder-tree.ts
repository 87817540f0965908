import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import type { Tree } from './read-goalposts.ts';

/** The files of a project as they lie in its folder: what a change proposes, committed or not. */
export function folderTree(root: string): Tree {
  return {
    read(pathFromRoot) {
      const file = path.join(root, pathFromRoot);
      if (!existsSync(file)) return null;
      const { value, problems } = readFileBytes(file, pathFromRoot);
      if (value === null) throw new InputError(problems);
      return value;
    },
    list(folderFromRoot) {
      const folder = path.join(root, folderFromRoot);
      if (!existsSync(folder)) return [];
      const entries = readdirSync(folder, { withFileTypes: true });
      return entries
        .filter((entry) => !entry.isDirectory())
        .map(({ name }) => name)
        .sort();
    },
  };
}
