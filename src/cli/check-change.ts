import { annotate, annotateProblems } from '../check/annotate.ts';
import { changedSuites } from '../check/changed-suites.ts';
import type { CheckOutcome } from '../check/check-outcome.ts';
import { outcomeOf } from '../check/outcome-of.ts';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { folderTree } from '../goalposts/folder-tree.ts';
import type { GuardedJudgement } from '../goalposts/judge-guarded.ts';
import { openGuard } from '../goalposts/open-guard.ts';
import { suiteNamesIn, type Tree } from '../goalposts/read-goalposts.ts';
import { addUsage } from '../model/model.ts';
import { type ExportedHead, exportHead } from '../project/export-head.ts';
import { changedFiles, changedLines, projectPrefix } from '../project/git-changes.ts';
import { type GitTree, openBase, openCommit } from '../project/git-ref.ts';
import type { SuiteWork } from '../project/load-work.ts';
import { type Project, projectAt } from '../project/project.ts';
import { mendChoice, quote } from '../schema/check.ts';
import type { Store } from '../store/store.ts';
import type { CiSettings } from './ci-settings.ts';
import { judgeTouched } from './judge-touched.ts';
import type { Terminal } from './terminal.ts';

export interface ChangeToCheck extends CiSettings {
  project: Project;
  /** Git ref that the change is to be merged into. */
  base: string;
  /** The commit whose files are checked, as data; null for the work tree. */
  head: string | null;
  /** The commit that the check is of. */
  commit: string;
  /** Whether a model that costs money may be asked. */
  mayPay: boolean;
  /** Why it may not, and what a reader can do about it, as sentences. */
  whyNot: string;
  /** Whether a person has said that moved goalposts are meant. */
  allowGoalposts: boolean;
  /** Further answers that may be believed; null where there are none. */
  believed: ((work: SuiteWork, store: Store, repeats: number) => Store) | null;
  notes: readonly string[];
  concurrency: number;
  patienceSeconds: number;
}

export interface CheckedChange {
  outcome: CheckOutcome;
  judged: GuardedJudgement[];
  /** Hash of the merge base. */
  base: string;
  /** Project whose files were checked; valid until `close`. */
  files: Project;
  work: readonly SuiteWork[];
  hasProblems: boolean;
  close(): void;
}

/**
 * Checks what a change does to the suites that it touches: by the goalposts of the merge base, with answers
 * that are recorded there or in the store, and only the rest asked. What is wrong with the change is a
 * finding; what is wrong with the surroundings is thrown.
 *
 * @throws InputError where the base cannot be found, a suite that was asked for is on neither side, or the model
 *   cannot be opened
 */
export async function checkChange(change: ChangeToCheck, terminal: Terminal): Promise<CheckedChange> {
  const { root } = change.project;
  const base = openBase(root, change.base, change.head ?? 'HEAD');
  if (change.head === null) return checkFiles(change, { base, tree: null, exported: null, terminal });
  const tree = openCommit(root, change.head);
  let exported: ExportedHead;
  try {
    exported = exportHead(tree);
  } catch (error) {
    if (error instanceof InputError) return refusedChange(change, base, error.problems);
    throw error;
  }
  try {
    return await checkFiles(change, { base, tree, exported, terminal });
  } catch (error) {
    exported.remove();
    throw error;
  }
}

interface Sides {
  base: GitTree;
  /** Null for the work tree. */
  tree: GitTree | null;
  exported: ExportedHead | null;
  terminal: Terminal;
}

async function checkFiles(
  change: ChangeToCheck,
  { base, tree, exported, terminal }: Sides,
): Promise<CheckedChange> {
  const { project } = change;
  const to = tree?.commit ?? null;
  const changed = changedFiles(project.root, base.commit, to);
  const files = exported === null ? project : projectAt(exported.root, project.state);
  const head: Tree = tree ?? folderTree(project.root);
  const all = changedSuites({ base, head, changed, shared: change.shared });
  refuseUnknown(change, new Set(all.map(({ suite }) => suite)));
  const isWanted = (suite: string) => change.suites.length === 0 || change.suites.includes(suite);
  const touched = all.filter(({ suite, reasons }) => reasons.length > 0 && isWanted(suite));
  const guard = openGuard({
    base,
    head,
    ref: change.base,
    model: change.model,
    allowed: change.allowGoalposts,
  });
  const found = await judgeTouched(change, { files, touched, guard, terminal });
  const prefix = projectPrefix(project.root);
  const annotations = [
    ...annotateProblems(found.problems, prefix),
    ...annotate(found.judged, {
      changed,
      changedLines: (file) => changedLines(project.root, base.commit, to, file),
      readHead: (file) => head.read(file),
      projectPrefix: prefix,
    }),
  ];
  const outcome = outcomeOf({
    commit: change.commit,
    base: base.commit,
    model: change.model,
    touched,
    ...found,
    removed: guard.removed.filter(isWanted).map((suite) => {
      const { sentence, needsPerson } = guard.ofSuite(suite).verdict;
      return { suite, sentence, needsPerson };
    }),
    notes: change.notes,
    asked: found.asked.length,
    costUsd: addUsage(found.asked).cost_usd,
    annotations,
  });
  return {
    outcome,
    judged: found.judged,
    base: base.commit,
    files,
    work: found.work,
    hasProblems: found.problems.length > 0,
    close: () => exported?.remove(),
  };
}

/** A misspelt name must not pass for a suite that nothing touches. A branch may be older than a suite. */
function refuseUnknown({ project, base, suites }: ChangeToCheck, found: ReadonlySet<string>): void {
  if (suites.every((name) => found.has(name))) return;
  const known = [...found.union(new Set(suiteNamesIn(openCommit(project.root, base))))];
  const problems = suites
    .filter((name) => !known.includes(name))
    .map((name): Problem => {
      const what = `no suite is called ${quote(name)}`;
      return { file: 'suites', line: null, id: null, what, mend: mendChoice(name, known) };
    });
  if (problems.length > 0) throw new InputError(problems);
}

/** What is said of a commit whose files cannot even be written as data. */
function refusedChange(change: ChangeToCheck, base: GitTree, problems: readonly Problem[]): CheckedChange {
  const annotations = annotateProblems(problems, projectPrefix(change.project.root));
  const nothing = { touched: [], judged: [], removed: [], missing: [], stopped: null, asked: 0, costUsd: 0 };
  const { commit, model, notes } = change;
  const findings = { ...nothing, commit, base: base.commit, model, notes, problems, annotations };
  return {
    outcome: outcomeOf(findings),
    judged: [],
    base: base.commit,
    files: change.project,
    work: [],
    hasProblems: true,
    close: () => {},
  };
}
