import { commitOfComment, isMarked } from './comment-marker.ts';
import type { Github, Repository } from './open-github.ts';
import { loginOf } from './viewer.ts';
import { isAllowed, SENT_ONCE, withoutDoubling } from './without-doubling.ts';

/** GitHub's limit, in characters. */
const MAX_COMMENT_LENGTH = 65_536;

export interface PullRequestPlace extends Repository {
  number: number;
}

interface OwnComment {
  id: number;
  body: string;
}

/**
 * Writes the one comment of this program under a pull request: edits it where it is there, else creates it.
 * Further ones of ours, which only a race can have left, are deleted. A comment that somebody else wrote is never
 * taken for ours, whatever it says, since its author could change it afterwards.
 *
 * @param body from `markComment`, 65,536 UTF-16 characters at most
 * @returns its id
 * @throws RangeError where `body` is unmarked or too long; GithubError
 */
export async function putComment(
  github: Github,
  { body, ...place }: PullRequestPlace & { body: string },
): Promise<number> {
  if (!isMarked(body)) throw new RangeError('a comment needs its marker to be found again');
  if (body.length > MAX_COMMENT_LENGTH)
    throw new RangeError(`a comment of ${body.length} characters is too long`);
  return withoutDoubling(async () => {
    const own = await ownComments(github, place);
    const kept = (await editFirst(github, place, own, body)) ?? (await create(github, place, body));
    for (const { id } of own) if (id !== kept) await remove(github, place, id);
    return kept;
  });
}

/** The commit that our comment under a pull request names; null where there is no comment or it names none. */
export async function findComment(github: Github, place: PullRequestPlace): Promise<string | null> {
  const [first] = await ownComments(github, place);
  return first === undefined ? null : commitOfComment(first.body);
}

/** Oldest first. */
async function ownComments(github: Github, { owner, repo, number }: PullRequestPlace): Promise<OwnComment[]> {
  const comments = await github.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    owner,
    repo,
    issue_number: number,
    per_page: 100,
  });
  const marked = comments.flatMap(({ id, body, user }) =>
    body !== undefined && isMarked(body) ? [{ id: Number(id), body, login: user?.login }] : [],
  );
  if (marked.length === 0) return [];
  const ours = await loginOf(github);
  return marked.filter(({ login }) => login === ours).sort((a, b) => a.id - b.id);
}

/** The id of the first comment that has the text, or could be given it; null where there is none. */
async function editFirst(
  github: Github,
  { owner, repo }: Repository,
  comments: readonly OwnComment[],
  body: string,
): Promise<number | null> {
  for (const { id, body: current } of comments) {
    if (plain(current) === plain(body)) return id;
    const edit = github.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      owner,
      repo,
      comment_id: id,
      body,
    });
    if (await isAllowed(edit)) return id;
  }
  return null;
}

/** GitHub may give a text back with other line ends. */
function plain(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd();
}

async function create(
  github: Github,
  { owner, repo, number }: PullRequestPlace,
  body: string,
): Promise<number> {
  const { data } = await github.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    owner,
    repo,
    issue_number: number,
    body,
    request: SENT_ONCE,
  });
  return Number(data.id);
}

async function remove(github: Github, { owner, repo }: Repository, id: number): Promise<void> {
  await isAllowed(
    github.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      owner,
      repo,
      comment_id: id,
    }),
  );
}
