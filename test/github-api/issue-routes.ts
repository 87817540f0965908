import Type from 'typebox';
import { fits } from '../../src/schema/check.ts';
import { ApiError, invalid, notFound } from './api-error.ts';
import { type Call, page, type Routes } from './route.ts';
import type { Comment, Identity } from './world.ts';

const CommentBody = Type.Object({ body: Type.String() }, { additionalProperties: false });

/** Comments and labels, of issues and pull requests alike. */
export const issueRoutes: Routes = {
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': (call) => {
    const issue = pullOf(call).number;
    const own = call.world.comments.filter((comment) => comment.issue === issue).sort((a, b) => a.id - b.id);
    const { items, headers } = page(call, own);
    return { status: 200, headers, data: items.map((comment) => shown(comment, call)) };
  },
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': (call) => {
    const { world, viewer } = call;
    const comment = {
      id: world.nextId(),
      issue: pullOf(call).number,
      login: viewer.login,
      body: checkedBody(call),
    };
    world.comments.push(comment);
    return { status: 201, data: shown(comment, call) };
  },
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': (call) => {
    const comment = ownComment(call);
    comment.body = checkedBody(call);
    return { status: 200, data: shown(comment, call) };
  },
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': (call) => {
    const { comments } = call.world;
    comments.splice(comments.indexOf(ownComment(call)), 1);
    return { status: 204 };
  },
  'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}': (call) => {
    const { labels } = pullOf(call);
    const at = labels.indexOf(call.parameters.name ?? '');
    if (at === -1) throw new ApiError(404, 'Label does not exist');
    labels.splice(at, 1);
    return { status: 200, data: labels.map((name) => ({ name })) };
  },
  'POST /graphql': ({ viewer, body }) => {
    if (!viewer.hasGraphql) throw notAccessible();
    if (!fits(ViewerQuery, body)) throw new ApiError(400, 'A query that the stand-in does not know');
    return { status: 200, data: { data: { viewer: { login: viewer.login } } } };
  },
};

const ViewerQuery = Type.Object({ query: Type.String({ pattern: '^query \\{ viewer \\{ login \\} \\}$' }) });

export function notAccessible(): ApiError {
  return new ApiError(403, 'Resource not accessible by integration');
}

function pullOf({ world, parameters }: Call) {
  const pull = world.pulls.find(({ number }) => String(number) === parameters.issue_number);
  if (pull === undefined) throw notFound();
  return pull;
}

function ownComment({ world, viewer, parameters }: Call): Comment {
  const comment = world.comments.find(({ id }) => String(id) === parameters.comment_id);
  if (comment === undefined) throw notFound();
  if (comment.login !== viewer.login) throw notAccessible();
  return comment;
}

/** GitHub stores line ends as a browser sends them. */
function checkedBody({ body }: Call): string {
  if (!fits(CommentBody, body)) throw new ApiError(422, 'Invalid request.');
  if (body.body.trim() === '') throw invalid('IssueComment', 'data', 'Body cannot be blank');
  if (body.body.length > 65_536)
    throw invalid('IssueComment', 'data', 'Body is too long (maximum is 65536 characters)');
  return body.body;
}

function shown({ id, issue, login, body }: Comment, { world }: Call) {
  const { owner, repo } = world;
  return {
    id,
    body,
    user: { login, type: typeOf(login, world.identities.values()) },
    issue_url: `https://api.github.com/repos/${owner}/${repo}/issues/${issue}`,
    performed_via_github_app: login === 'github-actions[bot]' ? { slug: 'github-actions' } : null,
  };
}

function typeOf(login: string, identities: Iterable<Identity>): string {
  return [...identities].find((identity) => identity.login === login)?.type ?? 'User';
}
