import { hasStatus } from './github-error.ts';
import type { Github, Repository } from './open-github.ts';
import type { PullRequestPlace } from './sticky-comment.ts';

export interface PullRequest {
  number: number;
  isOpen: boolean;
  headSha: string;
  /** Null where the repository that it came from is gone. */
  head: { repositoryId: number; fullName: string } | null;
  baseRef: string;
  baseRepositoryId: number;
  /** From another repository, or from one that is gone. */
  isFork: boolean;
}

/** What the REST API's answers have in common, whole or in a list. */
interface PullRequestData {
  number: number;
  state: string;
  head: { sha: string; repo: { id: number | bigint; full_name: string } | null };
  base: { ref: string; repo: { id: number | bigint } };
}

/** @throws GithubError with status 404 where there is no such pull request */
export async function readPullRequest(
  github: Github,
  { owner, repo, number }: PullRequestPlace,
): Promise<PullRequest> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
  const { data } = await github.request(route, { owner, repo, pull_number: number });
  return pullRequestOf(data);
}

/** The head that a workflow ran for. */
export interface WorkflowHead extends Repository {
  repositoryId: number;
  headSha: string;
  /** Login of the account that has the head's repository. */
  headOwner: string;
  headBranch: string;
  headRepositoryId: number;
}

/**
 * The open pull requests into this repository whose head is exactly this commit of this repository's branch;
 * in ascending order, since a branch can be offered to several. The event of a workflow that ran for a fork names
 * none. GitHub lists pull requests by branch for forks too, and by commit for its own branches, where the branch
 * may have been renamed.
 */
export async function findPullRequests(github: Github, head: WorkflowHead): Promise<PullRequest[]> {
  const { owner, repo, headOwner, headBranch } = head;
  const byBranch = await github.paginate('GET /repos/{owner}/{repo}/pulls', {
    owner,
    repo,
    state: 'open',
    head: `${headOwner}:${headBranch}`,
    per_page: 100,
  });
  const found = matching(byBranch, head);
  if (found.length > 0) return found;
  return matching(await listByCommit(github, head), head);
}

/** Takes a label off a pull request; nothing happens where it is not there. */
export async function removeLabel(
  github: Github,
  { owner, repo, number, name }: PullRequestPlace & { name: string },
): Promise<void> {
  const route = 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}';
  try {
    await github.request(route, { owner, repo, issue_number: number, name });
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
  }
}

/** GitHub does not know a fork's commit by this repository's name. */
async function listByCommit(
  github: Github,
  { owner, repo, headSha }: WorkflowHead,
): Promise<PullRequestData[]> {
  const route = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls';
  try {
    return await github.paginate(route, { owner, repo, commit_sha: headSha, per_page: 100 });
  } catch (error) {
    if (!hasStatus(error, 404, 422)) throw error;
    return [];
  }
}

function matching(pulls: readonly PullRequestData[], head: WorkflowHead): PullRequest[] {
  return pulls
    .map(pullRequestOf)
    .filter(
      (pull) =>
        pull.isOpen &&
        pull.headSha === head.headSha &&
        pull.head?.repositoryId === head.headRepositoryId &&
        pull.baseRepositoryId === head.repositoryId,
    )
    .sort((a, b) => a.number - b.number);
}

function pullRequestOf({ number, state, head, base }: PullRequestData): PullRequest {
  return {
    number,
    isOpen: state === 'open',
    headSha: head.sha,
    head: head.repo === null ? null : { repositoryId: Number(head.repo.id), fullName: head.repo.full_name },
    baseRef: base.ref,
    baseRepositoryId: Number(base.repo.id),
    isFork: head.repo?.id !== base.repo.id,
  };
}
