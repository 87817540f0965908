import { appendFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { CheckOutcome } from '../check/check-outcome.ts';
import { writeHandover } from '../check/handover.ts';
import { EXIT, IncompleteRunError } from '../errors/errors.ts';
import { putCheck } from '../github/check-run.ts';
import { markComment } from '../github/comment-marker.ts';
import type { Github } from '../github/open-github.ts';
import { putComment } from '../github/sticky-comment.ts';
import { recordText } from '../record/record-files.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { safeWorkflowText, workflowAnnotation } from '../report/workflow-log/safe-workflow-text.ts';
import type { CheckedChange } from './check-change.ts';
import type { CiContext } from './ci.ts';
import { writeWhole } from './write-whole.ts';

const CHECK_NAME = 'touchstone';

/** A pull request that comment and check are written to. */
export interface Posting {
  github: Github;
  token: string;
  owner: string;
  repo: string;
  number: number;
}

interface Delivered {
  /** Of the verdict, posted or not. */
  exitCode: number;
  isPosted: boolean;
}

/**
 * Tells what a check found: as files, in the job's summary and outputs, and as comment and check run or, where
 * nothing may be posted, as annotations in the log.
 */
export async function deliver(
  checked: CheckedChange,
  context: CiContext,
  posting: Posting | null,
): Promise<Delivered> {
  try {
    await writeFiles(checked, context);
  } finally {
    checked.close();
  }
  const { outcome } = checked;
  const { terminal } = context;
  append(terminal.env.GITHUB_STEP_SUMMARY, outcome.summary);
  append(terminal.env.GITHUB_OUTPUT, `conclusion=${outcome.conclusion}\n`);
  const isPosted = posting !== null && (await post(outcome, posting, terminal.err));
  const inActions = terminal.env.GITHUB_ACTIONS === 'true';
  const safe = inActions ? safeWorkflowText : safeText;
  if (inActions && !isPosted) {
    for (const annotation of outcome.annotations) terminal.out(`${workflowAnnotation(annotation)}\n`);
  }
  terminal.out(`${safe(closingText(checked, context))}\n`);
  return { exitCode: exitCodeOf(checked), isPosted };
}

function exitCodeOf({ outcome, hasProblems }: CheckedChange): number {
  if (hasProblems) return EXIT.wrongInput;
  if (outcome.conclusion === 'failure') return EXIT.notHeld;
  return outcome.conclusion === 'action_required' ? EXIT.incomplete : EXIT.held;
}

function closingText({ outcome, judged }: CheckedChange, { out, terminal }: CiContext): string {
  const where = path.relative(terminal.cwd, path.join(out, 'summary.md'));
  const places = outcome.annotations.map(({ file, line, title, message }) => {
    return `${line === null ? file : `${file}:${line}`}: ${title}: ${message}`;
  });
  const sentences = judged.map(({ assessment }) => assessment.verdict.sentence);
  const { conclusion, title } = outcome;
  return [...places, `summary: ${where}`, ...sentences, `${conclusion}: ${title}`].join('\n');
}

async function writeFiles(
  checked: CheckedChange,
  { out, event, settings, options }: CiContext,
): Promise<void> {
  const { outcome, judged, work, files } = checked;
  writeWhole(path.join(out, 'outcome.json'), `${JSON.stringify(outcome, null, 2)}\n`);
  writeWhole(path.join(out, 'summary.md'), outcome.summary);
  const runs = judged.map(({ assessment }) => assessment.run);
  // What an earlier check left there is not of this change.
  for (const stale of ['index.html', 'runs'])
    rmSync(path.join(out, 'report', stale), { recursive: true, force: true });
  for (const run of runs)
    writeWhole(path.join(out, 'report', 'runs', `${run.suite.name}.json`), recordText(run));
  if (judged.length > 0) {
    // The charts' library is heavy, so only who wants a page loads it.
    const { writePage } = await import('./write-page.ts');
    const suites = work.map(({ suite }) => suite);
    writePage(judged, suites, files, path.join(out, 'report', 'index.html'), {
      withText: options.withText === true,
    });
  }
  writeHandover(
    path.join(out, 'handover'),
    {
      repository: event.kind === 'pull-request' ? event.baseRepositoryId : null,
      pull_request: event.kind === 'pull-request' ? event.number : null,
      commit: outcome.commit,
      base: checked.base,
      run_id: event.kind === 'none' ? null : String(event.ownRunId),
      model: settings.model,
      conclusion: outcome.conclusion,
    },
    runs,
  );
}

/** Whether it could be posted; a token that may not write is said, and the verdict stands. */
async function post(outcome: CheckOutcome, posting: Posting, say: (text: string) => void): Promise<boolean> {
  const body = markComment(outcome.commit, outcome.summary);
  try {
    await putCheck(posting.github, posting, outcome, CHECK_NAME);
    await putComment(posting.github, { ...posting, body });
    return true;
  } catch (error) {
    if (!(error instanceof IncompleteRunError)) throw error;
    say(`${safeWorkflowText(`${error.message} ${error.mend}`)}\n`);
    return false;
  }
}

function append(file: string | undefined, text: string): void {
  if (file !== undefined && file !== '') appendFileSync(file, text);
}
