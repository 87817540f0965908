import { readHandover } from '../check/handover.ts';
import { readArchive } from '../check/read-archive.ts';
import { verifyAnswers } from '../check/verify-answers.ts';
import { EXIT, IncompleteRunError, InputError } from '../errors/errors.ts';
import type { WorkflowRunCi } from '../github/actions-event.ts';
import { downloadArtifact } from '../github/artifact.ts';
import type { Github } from '../github/open-github.ts';
import { findPullRequests, type PullRequest } from '../github/pull-request.ts';
import { fetchPullRequest } from '../project/fetch-pull-request.ts';
import type { SuiteWork } from '../project/load-work.ts';
import type { Handover } from '../schema/handover.ts';
import type { Answer, RunRecord } from '../schema/run-record.ts';
import type { Store } from '../store/store.ts';
import { type CheckedChange, checkChange } from './check-change.ts';
import type { CiContext } from './ci.ts';
import { changeOf, openForge } from './ci-check.ts';
import { deliver } from './deliver.ts';

const ARTIFACT = 'touchstone-handover';
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Posts the verdict on a pull request whose own job may not. That job may have been anybody's, so its handover is
 * a claim: the verdict is found anew, from the commit's files as git has them and from answers that are recorded
 * at the merge base, that the free model gives again, or that a branch of this repository handed over.
 */
export async function ciPublish(context: CiContext): Promise<number> {
  const { event, terminal } = context;
  if (event.kind !== 'workflow-run') {
    const what = 'publishes what a finished workflow handed over, and there is none';
    throw new InputError([
      { file: '--as publish', line: null, id: null, what, mend: 'Run it for the event workflow_run' },
    ]);
  }
  const forge = openForge(context, event);
  if (forge === null) {
    const mend = 'Give the step GITHUB_TOKEN';
    throw new InputError([
      { file: 'GITHUB_TOKEN', line: null, id: null, what: 'no token to post with', mend },
    ]);
  }
  const found = event.head === null ? [] : await pullRequestsOf(forge.github, event, event.head);
  // A check belongs to a commit: one for an old branch with weaker goalposts must not take this one's place.
  const pulls = found.filter(({ baseRef }) => baseRef === event.defaultBranch);
  if (pulls.length === 0) {
    terminal.out(
      `No open pull request into ${event.defaultBranch} is at the commit of that run: nothing to post.\n`,
    );
    return EXIT.held;
  }
  let exitCode: number = EXIT.held;
  const unposted: number[] = [];
  for (const pull of pulls) {
    const claim = await readClaim(forge.github, event, pull, context.settings.model);
    const { commit, number } = { commit: event.headSha, number: pull.number };
    fetchPullRequest(context.project.root, { number, commit, token: forge.token, env: terminal.env });
    const checked = await checkClaim(context, event, pull, claim);
    const { owner, repo } = event;
    const { isPosted } = await deliver(checked, context, { ...forge, owner, repo, number });
    if (checked.hasProblems || checked.outcome.conclusion === 'failure') exitCode = EXIT.notHeld;
    if (!isPosted) unposted.push(number);
  }
  if (unposted.length === 0) return exitCode;
  throw new IncompleteRunError(
    `Nothing was posted on pull request ${unposted.join(', ')}.`,
    'Mend what is said above, and run the job again.',
  );
}

/** What a job handed over, or why that was refused. */
type Claim = { handover: Handover; runs: RunRecord[] } | { refused: string };

async function pullRequestsOf(
  github: Github,
  { owner, repo, repositoryId, headSha }: WorkflowRunCi,
  head: NonNullable<WorkflowRunCi['head']>,
): Promise<PullRequest[]> {
  return findPullRequests(github, {
    ...{ owner, repo, repositoryId, headSha },
    ...{ headOwner: head.owner, headBranch: head.branch, headRepositoryId: head.repositoryId },
  });
}

async function readClaim(
  github: Github,
  event: WorkflowRunCi,
  pull: PullRequest,
  model: string,
): Promise<Claim> {
  const { owner, repo, repositoryId, runId, headSha } = event;
  try {
    const place = { owner, repo, repositoryId, runId, name: ARTIFACT, maxBytes: MOST_BYTES };
    const files = await readArchive(await downloadArtifact(github, place));
    return readHandover(files, {
      repository: repositoryId,
      pull_request: pull.number,
      commit: headSha,
      run_id: String(runId),
      model,
    });
  } catch (error) {
    if (error instanceof InputError) return { refused: error.message };
    throw error;
  }
}

async function checkClaim(
  context: CiContext,
  event: WorkflowRunCi,
  pull: PullRequest,
  claim: Claim,
): Promise<CheckedChange> {
  const refused =
    'refused' in claim ? [`What the pull request’s own job handed over was refused: ${claim.refused}`] : [];
  const checked = await checkChange(
    {
      ...changeOf(context, context.settings.base ?? `origin/${pull.baseRef}`),
      head: event.headSha,
      commit: event.headSha,
      mayPay: false,
      whyNot: 'A maintainer’s label run-prompts asks for them, for this commit alone.',
      allowGoalposts: false,
      believed: 'refused' in claim ? null : believing(claim.runs, !event.isFork),
      notes: refused,
    },
    context.terminal,
  );
  if ('refused' in claim || claim.handover.conclusion === checked.outcome.conclusion) return checked;
  const note = `The pull request’s own job said “${claim.handover.conclusion}”. That was not believed: this is what its files give.`;
  return { ...checked, outcome: { ...checked.outcome, summary: `${checked.outcome.summary}\n${note}\n` } };
}

/** Lets those claimed answers count that can be believed. */
function believing(runs: readonly RunRecord[], ownBranch: boolean) {
  return (work: SuiteWork, store: Store, repeats: number): Store => {
    const claimed = runs.find(({ suite }) => suite.name === work.suite.suite.name);
    if (claimed === undefined) return store;
    const { task } = work.suite;
    const trusted = { task, repeats, recorded: null, answerAgain: null, ownBranch };
    const verified = verifyAnswers(claimed, work.cases, trusted);
    return verified.kind === 'verified' ? withAnswers(store, work, verified.answers) : store;
  };
}

function withAnswers(
  store: Store,
  { cases }: SuiteWork,
  answers: ReadonlyMap<string, readonly Answer[]>,
): Store {
  const byRequest = new Map(cases.map(({ id, requestHash }) => [requestHash, answers.get(id)]));
  return {
    get: (key) => store.get(key) ?? byRequest.get(key.request)?.[key.repeat] ?? null,
    put: (key, answer) => store.put(key, answer),
    close: () => store.close(),
  };
}
