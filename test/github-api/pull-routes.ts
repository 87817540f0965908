import { ApiError, notFound } from './api-error.ts';
import { type Call, page, type Routes } from './route.ts';
import type { Pull } from './world.ts';

/** Pull requests: one, by branch and by commit. */
export const pullRoutes: Routes = {
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': (call) => {
    const pull = call.world.pulls.find(({ number }) => String(number) === call.parameters.pull_number);
    if (pull === undefined) throw notFound();
    return { status: 200, data: shown(pull, call) };
  },
  'GET /repos/{owner}/{repo}/pulls': (call) => {
    const state = call.query.get('state') ?? 'open';
    const wanted = call.query.get('head') ?? '';
    const [user, ...branch] = wanted.split(':');
    const isWanted = ({ head }: Pull) =>
      !wanted.includes(':') || (ownerOf(head) === user && head.ref === branch.join(':'));
    const listed = call.world.pulls.filter(
      (pull) => (state === 'all' || pull.state === state) && isWanted(pull),
    );
    const { items, headers } = page(call, listed);
    return { status: 200, headers, data: items.map((pull) => shown(pull, call)) };
  },
  /** A commit that only a fork has is not known here. */
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': (call) => {
    const { world, parameters } = call;
    const listed = world.pulls.filter(
      ({ head }) => head.sha === parameters.commit_sha && head.repo?.id === world.repositoryId,
    );
    if (listed.length === 0) throw new ApiError(422, `No commit found for SHA: ${parameters.commit_sha}`);
    const { items, headers } = page(call, listed);
    return { status: 200, headers, data: items.map((pull) => shown(pull, call)) };
  },
};

function ownerOf({ repo }: Pull['head']): string | undefined {
  return repo?.fullName.split('/')[0];
}

function shown({ number, state, head, base, labels }: Pull, { world }: Call) {
  const { owner, repo, repositoryId } = world;
  const headRepository = head.repo === null ? null : { id: head.repo.id, full_name: head.repo.fullName };
  return {
    number,
    state,
    head: { sha: head.sha, ref: head.ref, repo: headRepository },
    base: { ref: base.ref, repo: { id: repositoryId, full_name: `${owner}/${repo}` } },
    labels: labels.map((name) => ({ name })),
  };
}
