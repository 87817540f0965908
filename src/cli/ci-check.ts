import { IncompleteRunError, InputError } from '../errors/errors.ts';
import type { CiEvent, PullRequestCi } from '../github/actions-event.ts';
import { type Github, openGithub } from '../github/open-github.ts';
import { removeLabel } from '../github/pull-request.ts';
import { findComment } from '../github/sticky-comment.ts';
import { hasApiKey } from '../model/anthropic/api-key.ts';
import { fetchPullRequest } from '../project/fetch-pull-request.ts';
import { openCommit } from '../project/git-ref.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { type ChangeToCheck, checkChange } from './check-change.ts';
import type { CiContext } from './ci.ts';
import { deliver, type Posting } from './deliver.ts';

const LABELS = ['run-prompts', 'allow-goalposts'];
const ASK_WITH_LABEL = 'A maintainer’s label run-prompts asks for them, for this commit alone.';

/** Checks a change and tells: the work tree's, or that of one commit whose files are then read as data. */
export async function ciCheck(context: CiContext): Promise<number> {
  const { event, options, terminal } = context;
  const posting = postingOf(context);
  if (event.kind === 'pull-request' && event.trusted) return checkLabelled(context, event, posting);
  const isFork = event.kind === 'pull-request' && event.isFork;
  const head = options.head ?? null;
  const checked = await checkChange(
    {
      ...changeOf(context, baseOf(context)),
      head,
      commit: commitOf(context, head),
      mayPay: !isFork && canPay(context),
      whyNot: isFork
        ? ASK_WITH_LABEL
        : 'Give the job ANTHROPIC_API_KEY, or accept a run of the prompt that has them.',
      allowGoalposts: options.allowGoalposts === true,
    },
    terminal,
  );
  const { exitCode } = await deliver(checked, context, isFork ? null : posting);
  return exitCode;
}

/**
 * A maintainer's label was put on a pull request: its commit may be asked about, and its goalposts allowed. The
 * program is the base's, and the commit's files are data. The label comes off at once, so that what is pushed
 * next needs it again; and it counts only for the commit that our comment showed when it was given.
 */
async function checkLabelled(
  context: CiContext,
  event: PullRequestCi,
  posting: Posting | null,
): Promise<number> {
  const { project, options, terminal } = context;
  const { labelled, headSha } = event;
  if (posting === null || labelled === null || !LABELS.includes(labelled)) {
    const what = posting === null ? 'GITHUB_TOKEN is needed to take the label off' : 'the label is not ours';
    throw new InputError([
      {
        file: 'pull_request_target',
        line: null,
        id: null,
        what,
        mend: `Use the labels ${LABELS.join(', ')}`,
      },
    ]);
  }
  await removeLabel(posting.github, { ...posting, name: labelled });
  const seen = await findComment(posting.github, posting);
  if (seen !== headSha) {
    throw new IncompleteRunError(
      `The label ${labelled} was given when the comment showed ${seen ?? 'no commit yet'}, but the pull request is at ${headSha}.`,
      'Read that commit, wait until the comment names it, and give the label again.',
    );
  }
  fetchPullRequest(project.root, {
    number: event.number,
    commit: headSha,
    token: posting.token,
    env: terminal.env,
  });
  const checked = await checkChange(
    {
      ...changeOf(context, context.settings.base ?? `origin/${event.baseRef}`),
      head: headSha,
      commit: headSha,
      mayPay: canPay(context),
      whyNot: 'The job that the label starts has no ANTHROPIC_API_KEY.',
      allowGoalposts: labelled === 'allow-goalposts' || options.allowGoalposts === true,
    },
    terminal,
  );
  const { exitCode } = await deliver(checked, context, posting);
  return exitCode;
}

type CommonPart = Omit<ChangeToCheck, 'head' | 'commit' | 'mayPay' | 'whyNot' | 'allowGoalposts'>;

/** What every check has in common. */
export function changeOf({ project, settings, options }: CiContext, base: string): CommonPart {
  return {
    ...settings,
    project,
    base,
    believed: null,
    notes: [],
    concurrency: options.concurrency,
    patienceSeconds: options.patience,
  };
}

function baseOf({ settings, event }: CiContext): string {
  const base = settings.base ?? (event.kind === 'pull-request' ? `origin/${event.baseRef}` : null);
  if (base !== null) return base;
  const mend = 'Write --base origin/main, or set TOUCHSTONE_BASE';
  throw new InputError([
    { file: '--base', line: null, id: null, what: 'nothing says what the change is to be merged into', mend },
  ]);
}

/** The commit that a check is shown at: of a pull request its head, not the merge that a job may have checked out. */
function commitOf({ event, project }: CiContext, head: string | null): string {
  if (head === null && event.kind === 'pull-request') return event.headSha;
  return openCommit(project.root, head ?? 'HEAD').commit;
}

export function canPay({ settings, project, terminal }: CiContext): boolean {
  return settings.choice.kind !== 'anthropic' || hasApiKey(terminal.env, project.root);
}

function postingOf(context: CiContext): Posting | null {
  const { event, options } = context;
  if (event.kind !== 'pull-request' || !options.post) return null;
  const opened = openForge(context, event);
  return opened === null ? null : { ...opened, owner: event.owner, repo: event.repo, number: event.number };
}

/** Null where there is no token. */
export function openForge(
  { terminal }: CiContext,
  { apiUrl }: Exclude<CiEvent, { kind: 'none' }>,
): { github: Github; token: string } | null {
  const token = terminal.env.GITHUB_TOKEN?.trim() ?? '';
  if (token === '') return null;
  const onNotice = (text: string) => terminal.err(`${safeText(text)}\n`);
  return { github: openGithub({ token, apiUrl, onNotice }), token };
}
