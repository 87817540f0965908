import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { type Baseline, baselineFileName } from '../baseline/baseline.ts';
import { parseBaseline } from '../baseline/load.ts';
import type { Task } from '../task/task.ts';
import type { Project } from './project.ts';
import { shallowEdge } from './shallow-edge.ts';

/** A baseline as it stood at a commit. */
export interface CommittedBaseline {
  baseline: Baseline;
  commit: string;
  /** ISO 8601, when it was committed. */
  at: string;
}

/** How many commits of a baseline are looked at, the newest. */
const DEPTH = 20;

/**
 * The accepted runs of a suite and model, from git, the newest first; empty outside of git. Unreadable ones are left
 * out, and those of the commits at which a shallow clone ends, which need not be the ones that accepted them.
 */
export function committedBaselines(project: Project, task: Task, model: string): CommittedBaseline[] {
  const file = path.posix.join('suites', 'baselines', baselineFileName(task.name, model));
  const git = (...args: string[]) =>
    execFileSync('git', ['--no-pager', ...args], {
      cwd: project.root,
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const edge = shallowEdge(project.root);
  try {
    const log = git('log', `--max-count=${DEPTH}`, '--format=%H %cI', '--', file).toString('utf8').trim();
    return log.split('\n').flatMap((line) => {
      const [commit = '', at = ''] = line.split(' ');
      if (commit === '' || edge.has(commit)) return [];
      const bytes = showFile(git, commit, file);
      const baseline = bytes === null ? null : parseBaseline(bytes, file, task, model).baseline;
      return baseline === null ? [] : [{ baseline, commit, at: new Date(at).toISOString() }];
    });
  } catch {
    return [];
  }
}

/** Null where the commit deleted it. */
function showFile(git: (...args: string[]) => Buffer, commit: string, file: string): Buffer | null {
  try {
    return git('show', `${commit}:./${file}`);
  } catch {
    return null;
  }
}
