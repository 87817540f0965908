import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gitIn } from '../project/git-command.ts';

/** What the workflows need of a repository beyond what `touchstone init` writes. */
export interface Surroundings {
  /** Whether `package.json` lists touchstone, so that `npm ci` installs it. */
  listsTouchstone: boolean;
  hasLockFile: boolean;
  /** `root`: the folder is a git repository's; `below`: it lies in one; `none`: it lies in none. */
  git: 'root' | 'below' | 'none';
  /** The branch that pull requests go into: letters, digits, `.`, `_`, `/` and `-`. */
  defaultBranch: string;
}

const LOCK_FILES = ['package-lock.json', 'npm-shrinkwrap.json'];

/** Looks at a folder and those above it; an unreadable `package.json` lists nothing. */
export function readSurroundings(root: string): Surroundings {
  const git = gitPlace(root);
  return {
    listsTouchstone: listsTouchstone(path.join(root, 'package.json')),
    hasLockFile: LOCK_FILES.some((name) => existsSync(path.join(root, name))),
    git,
    defaultBranch: git === 'none' ? 'main' : defaultBranchOf(root),
  };
}

function listsTouchstone(file: string): boolean {
  try {
    const { dependencies, devDependencies } = Object(JSON.parse(readFileSync(file, 'utf8')));
    return [dependencies, devDependencies].some((listed) => Object.hasOwn(Object(listed), 'touchstone'));
  } catch {
    return false;
  }
}

/** A linked work tree has a file named `.git`, not a folder. */
function gitPlace(root: string): Surroundings['git'] {
  if (existsSync(path.join(root, '.git'))) return 'root';
  for (let folder = root; folder !== path.dirname(folder); ) {
    folder = path.dirname(folder);
    if (existsSync(path.join(folder, '.git'))) return 'below';
  }
  return 'none';
}

/** What the remote says, else main or master where there is one, else where HEAD is, else main. */
function defaultBranchOf(root: string): string {
  const git = gitIn(root);
  const asked = [
    git(['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD']),
    git(['rev-parse', '--verify', '--quiet', '--symbolic-full-name', 'refs/heads/main']),
    git(['rev-parse', '--verify', '--quiet', '--symbolic-full-name', 'refs/heads/master']),
    git(['symbolic-ref', '--quiet', 'HEAD']),
  ];
  const names = asked.map(({ stdout }) =>
    stdout
      .toString()
      .trim()
      .replace(/^refs\/(heads|remotes\/origin)\//, ''),
  );
  // A branch filter would take other characters for a pattern.
  return names.find((name) => /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(name)) ?? 'main';
}
