import { openBase } from '../project/git-ref.ts';
import { compareGoalposts } from './compare-goalposts.ts';
import { folderTree } from './folder-tree.ts';
import type { GoalpostChange } from './goalpost-change.ts';
import { type GoalpostVerdict, goalpostVerdict } from './guard.ts';
import { type Goalposts, readGoalposts, suiteNamesIn } from './read-goalposts.ts';

/** What a suite's goalposts are at the base, and what the change does to them. */
export interface SuiteGuard {
  base: Goalposts;
  changes: GoalpostChange[];
  verdict: GoalpostVerdict;
  /** Whether a person has said that the changes are meant: then the change's own goalposts count. */
  allowed: boolean;
}

/** Goalposts as they are at the merge base with a git ref. */
export interface Guard {
  /** Full hash of the merge base. */
  commit: string;
  ofSuite(name: string): SuiteGuard;
  /** Suites that the base has and the work tree has not. */
  removed: readonly string[];
}

/**
 * Opens the goalposts at the merge base of `ref` and HEAD.
 *
 * @throws InputError where there is no repository, no such ref, or the history that is needed is not here
 */
export function openGuard(root: string, ref: string, model: string, allowed: boolean): Guard {
  const base = openBase(root, ref);
  const head = folderTree(root);
  const present = new Set(suiteNamesIn(head));
  return {
    commit: base.commit,
    removed: suiteNamesIn(base).filter((name) => !present.has(name)),
    ofSuite(name) {
      const before = readGoalposts(base, name, model, { shown: (file) => `${ref}:${file}` });
      const changes = compareGoalposts(before, readGoalposts(head, name, model));
      return { base: before, changes, verdict: goalpostVerdict(changes, allowed), allowed };
    },
  };
}
