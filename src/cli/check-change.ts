import { missingQuestions } from '../ask/ask.ts';
import { annotate, annotateProblems } from '../check/annotate.ts';
import { changedSuites, type SuiteChange } from '../check/changed-suites.ts';
import type { CheckOutcome } from '../check/check-outcome.ts';
import { type MissingAnswers, outcomeOf } from '../check/outcome-of.ts';
import { IncompleteRunError, InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { folderTree } from '../goalposts/folder-tree.ts';
import { type GuardedJudgement, judgeGuarded } from '../goalposts/judge-guarded.ts';
import { type Guard, openGuard } from '../goalposts/open-guard.ts';
import type { Tree } from '../goalposts/read-goalposts.ts';
import { addUsage } from '../model/model.ts';
import { type OpenModel, openModel } from '../model/open-model.ts';
import { missingRecordings, replayModel } from '../model/replay-model.ts';
import { type ExportedHead, exportHead } from '../project/export-head.ts';
import { gitState } from '../project/git.ts';
import { changedFiles, changedLines, projectPrefix } from '../project/git-changes.ts';
import { type GitTree, openBase, openCommit } from '../project/git-ref.ts';
import { loadWork, type SuiteWork } from '../project/load-work.ts';
import { type Project, projectAt } from '../project/project.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { mendChoice, quote } from '../schema/check.ts';
import { recordedStore } from '../store/recorded-store.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import type { CiSettings } from './ci-settings.ts';
import { runSuite } from './run-suite.ts';
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
  refuseUnknown(
    change.suites,
    all.map(({ suite }) => suite),
  );
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
  const spent = addUsage(found.judged.map(({ assessment }) => assessment.run.spent));
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
    asked: found.judged.reduce((sum, { assessment }) => sum + assessment.run.asked, 0),
    costUsd: spent.cost_usd,
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

/** A misspelt name must not pass for a suite that nothing touches. */
function refuseUnknown(wanted: readonly string[], known: readonly string[]): void {
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new InputError(
    unknown.map((name) => ({
      ...{ file: 'suites', line: null, id: null },
      what: `no suite is called ${quote(name)}, neither in the change nor where it is to be merged`,
      mend: mendChoice(name, known),
    })),
  );
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

interface Touched {
  files: Project;
  touched: readonly SuiteChange[];
  guard: Guard;
  terminal: Terminal;
}

interface Judged {
  judged: GuardedJudgement[];
  work: SuiteWork[];
  missing: MissingAnswers[];
  problems: readonly Problem[];
  stopped: { what: string; mend: string } | null;
}

async function judgeTouched(change: ChangeToCheck, context: Touched): Promise<Judged> {
  const found: Judged = { judged: [], work: [], missing: [], problems: [], stopped: null };
  const gone = new Set(context.guard.removed);
  const names = context.touched.map(({ suite }) => suite).filter((name) => !gone.has(name));
  if (names.length === 0) return found;
  const store = sqliteStore(change.project.store);
  try {
    const { root } = context.files;
    found.work = loadWork(context.files, { suites: names, model: change.model, cwd: root });
    // One opening for all suites: they share the budget and the pace.
    let opening: Promise<OpenModel> | null = null;
    const open = () => {
      opening ??= openModel(change.choice, change.project, {
        env: context.terminal.env,
        concurrency: change.concurrency,
        batch: false,
        maxUsd: change.maxUsd,
        pricesFile: null,
        patienceSeconds: change.patienceSeconds,
        onNotice: (text) => context.terminal.err(`${safeText(text)}\n`),
      });
      return opening;
    };
    for (const work of found.work) await judgeSuite(work, change, { ...context, store, open, found });
  } catch (error) {
    if (error instanceof InputError) found.problems = error.problems;
    else if (error instanceof IncompleteRunError) found.stopped = { what: error.message, mend: error.mend };
    else throw error;
  } finally {
    store.close();
  }
  return found;
}

interface Judging extends Touched {
  store: Store;
  open: () => Promise<OpenModel>;
  found: Judged;
}

/** A suite's answers come from the store and the base's baseline; the change's own baseline proves nothing. */
async function judgeSuite(
  work: SuiteWork,
  change: ChangeToCheck,
  { guard, terminal, store: kept, open, found }: Judging,
): Promise<void> {
  const { name } = work.suite.suite;
  const suiteGuard = guard.ofSuite(name);
  const { baseline } = suiteGuard.base;
  const repeats = baseline?.header.repeats ?? 1;
  const recorded = recordedStore(kept, baseline);
  const store = change.believed?.(work, recorded, repeats) ?? recorded;
  const replay = replayModel(change.choice);
  const missing = missingQuestions(work.cases, { model: replay, repeats, store });
  if (missing.length > 0 && change.choice.kind !== 'embedded' && !change.mayPay) {
    const cases = [...new Set(missing.map((question) => question.case))];
    const { message } = missingRecordings(name, change.model, cases, baseline, work.prompt.sha256);
    found.missing.push({ suite: name, count: missing.length, why: `${message} ${change.whyNot}` });
    return;
  }
  const { concurrency } = change;
  const run = await runSuite(work, {
    project: change.project,
    model: missing.length === 0 ? replay : (await open()).model,
    isReplay: false,
    repeats,
    concurrency,
    store,
    git: { commit: change.commit, dirty: change.head === null && isDirty(change.project) },
    terminal,
    prepared: null,
  });
  found.judged.push(judgeGuarded(run, work, suiteGuard));
}

function isDirty({ root }: Project): boolean {
  return gitState(root)?.dirty === true;
}
