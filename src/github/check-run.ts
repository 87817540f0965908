import type { CheckOutcome } from '../check/check-outcome.ts';
import { annotationKey, type CheckAnnotation, checkAnnotations, checkOutput } from './check-output.ts';
import type { Github, Repository } from './open-github.ts';
import { isAllowed, SENT_ONCE, withoutDoubling } from './without-doubling.ts';

/** GitHub takes so many annotations in a request. */
const BATCH = 50;
/** Tells our check runs from a workflow's job of the same name, which belongs to the same app. */
const OUR_ID = 'touchstone:check';

/**
 * Shows an outcome as a check run of its commit: updates the one of this name that we made before, else creates
 * one. GitHub adds annotations to those that are there and takes none away. So only those that are missing are
 * sent; where one that is there no longer holds, a new run takes the old one's place.
 *
 * @returns the check run's id
 * @throws GithubError
 */
export async function putCheck(
  github: Github,
  { owner, repo }: Repository,
  outcome: CheckOutcome,
  name: string,
): Promise<number> {
  const place = { owner, repo };
  return withoutDoubling(async () => {
    const annotations = checkAnnotations(outcome);
    const own = await findOwn(github, place, outcome.commit, name);
    if (own !== null) {
      const shown = new Set(own.annotations.map(annotationKey));
      const wanted = new Set(annotations.map(annotationKey));
      const missing = annotations.filter((annotation) => !shown.has(annotationKey(annotation)));
      if (shown.isSubsetOf(wanted) && (await isAllowed(update(github, place, own.id, outcome, missing))))
        return own.id;
    }
    return create(github, place, outcome, name, annotations);
  });
}

interface OwnCheck {
  id: number;
  annotations: Parameters<typeof annotationKey>[0][];
}

/** The newest check run of ours with this name. */
async function findOwn(
  github: Github,
  place: Repository,
  commit: string,
  name: string,
): Promise<OwnCheck | null> {
  const runs = await github.paginate('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    ...place,
    ref: commit,
    check_name: name,
    filter: 'all',
    per_page: 100,
  });
  const own = runs
    .filter((run) => run.external_id === OUR_ID && run.name === name && run.head_sha === commit)
    .sort((a, b) => Number(b.id) - Number(a.id))[0];
  if (own === undefined) return null;
  const id = Number(own.id);
  const annotations =
    own.output.annotations_count === 0
      ? []
      : await github.paginate('GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations', {
          ...place,
          check_run_id: id,
          per_page: 100,
        });
  return { id, annotations };
}

async function create(
  github: Github,
  place: Repository,
  outcome: CheckOutcome,
  name: string,
  annotations: readonly CheckAnnotation[],
): Promise<number> {
  const { data } = await github.request('POST /repos/{owner}/{repo}/check-runs', {
    ...place,
    name,
    head_sha: outcome.commit,
    external_id: OUR_ID,
    ...conclusionOf(outcome),
    output: { ...checkOutput(outcome), annotations: annotations.slice(0, BATCH) },
    request: SENT_ONCE,
  });
  const id = Number(data.id);
  if (annotations.length > BATCH) await update(github, place, id, outcome, annotations.slice(BATCH));
  return id;
}

/** One request at least, for the conclusion. */
async function update(
  github: Github,
  place: Repository,
  id: number,
  outcome: CheckOutcome,
  annotations: readonly CheckAnnotation[],
): Promise<void> {
  for (let from = 0; from === 0 || from < annotations.length; from += BATCH) {
    await github.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...place,
      check_run_id: id,
      ...conclusionOf(outcome),
      output: { ...checkOutput(outcome), annotations: annotations.slice(from, from + BATCH) },
      request: SENT_ONCE,
    });
  }
}

function conclusionOf({ conclusion }: CheckOutcome) {
  return { status: 'completed', conclusion } as const;
}
