import type { GitTree } from '../project/git-ref.ts';
import { compareGoalposts } from './compare-goalposts.ts';
import type { GoalpostChange } from './goalpost-change.ts';
import { type GoalpostVerdict, goalpostVerdict } from './guard.ts';
import { type Goalposts, readGoalposts, suiteNamesIn, type Tree } from './read-goalposts.ts';

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
  /** Suites that the base has and the change has not. */
  removed: readonly string[];
}

export interface GuardSources {
  /** The merge base. */
  base: GitTree;
  /** What the change proposes. */
  head: Tree;
  /** How the base is called in messages, such as `origin/main`. */
  ref: string;
  /** The model's id: whose baseline counts. */
  model: string;
  /** Whether a person has said that moved goalposts are meant. */
  allowed: boolean;
}

/** Opens the goalposts at the merge base, to be compared with those of a change. */
export function openGuard({ base, head, ref, model, allowed }: GuardSources): Guard {
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
