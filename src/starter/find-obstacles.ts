import { lstatSync, realpathSync, type Stats } from 'node:fs';
import path from 'node:path';

/** Why a file cannot be made where it is to be, in the terms of `Problem`. */
export interface Obstacle {
  /** From the root, with `/`: the file, or the folder above it that is at fault. */
  path: string;
  what: string;
  mend: string;
}

/**
 * What stands in the way of making new files, each obstacle once: a file that is there already, a folder's name
 * taken by something else, a link to outside of the root.
 *
 * @param root an existing folder
 * @param paths from the root, with `/`
 */
export function findObstacles(root: string, paths: readonly string[]): Obstacle[] {
  const found = new Map<string, Obstacle>();
  for (const each of paths) {
    const obstacle = obstacleOn(root, each);
    if (obstacle !== null) found.set(obstacle.path, obstacle);
  }
  return [...found.values()];
}

function obstacleOn(root: string, wanted: string): Obstacle | null {
  const names = wanted.split('/');
  for (const depth of names.keys()) {
    const at = names.slice(0, depth + 1).join('/');
    const stats = statsOf(path.join(root, at));
    if (stats === null) return null;
    if (at === wanted) {
      const mend = 'Move it away, or start elsewhere with --dir; nothing is overwritten';
      return { path: at, what: 'is there already', mend };
    }
    const fault = folderFault(root, path.join(root, at), stats);
    if (fault !== null) return { path: at, what: fault, mend: 'Put a folder in its place' };
  }
  return null;
}

function folderFault(root: string, folder: string, stats: Stats): string | null {
  if (stats.isDirectory()) return null;
  if (!stats.isSymbolicLink()) return 'is not a folder';
  const real = realPathOf(folder);
  if (real === null) return 'is a link that leads nowhere';
  if (!real.startsWith(path.join(realpathSync(root), path.sep))) return 'is a link that leads elsewhere';
  return lstatSync(real).isDirectory() ? null : 'is not a folder';
}

/** Null also where one may not look: then nothing can be made there either, which making it will say. */
function statsOf(file: string): Stats | null {
  try {
    return lstatSync(file);
  } catch {
    return null;
  }
}

function realPathOf(file: string): string | null {
  try {
    return realpathSync(file);
  } catch {
    return null;
  }
}
