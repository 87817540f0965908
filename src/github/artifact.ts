import { IncompleteRunError, InputError } from '../errors/errors.ts';
import { hasStatus } from './github-error.ts';
import type { Github, Repository } from './open-github.ts';
import { BodyTooLargeError, readCapped } from './read-capped.ts';

export interface ArtifactRequest extends Repository {
  /** The repository that the run must belong to. */
  repositoryId: number;
  runId: number;
  name: string;
  /** Of the archive as it is sent. */
  maxBytes: number;
}

/** A minute and a half a try: a hundred megabytes at little more than one a second. */
const DOWNLOAD_TIMEOUT_MS = 90_000;
const ATTEMPTS = 3;

/**
 * The zip archive of a workflow run's artifact, of the newest where a run that was repeated has several of the
 * name. Its contents are whatever the run's author likes. The token goes to the API only, not to the storage that
 * it names.
 *
 * @throws InputError where the run is not this repository's, or the artifact is missing, expired or too large;
 *   GithubError; IncompleteRunError where the storage does not give it
 */
export async function downloadArtifact(github: Github, wanted: ArtifactRequest): Promise<Buffer> {
  const { owner, repo, maxBytes } = wanted;
  await requireOwnRun(github, wanted);
  const artifact = await findArtifact(github, wanted);
  if (artifact.size_in_bytes > maxBytes) throw tooLarge(wanted);
  for (let attempt = 1; ; attempt += 1) {
    const address = await storageAddress(github, { owner, repo, id: artifact.id }, wanted);
    try {
      return await download(address, maxBytes);
    } catch (error) {
      if (error instanceof BodyTooLargeError) throw tooLarge(wanted);
      if (attempt === ATTEMPTS) throw notGiven(address, error);
    }
  }
}

async function requireOwnRun(github: Github, wanted: ArtifactRequest): Promise<void> {
  const { owner, repo, runId, repositoryId } = wanted;
  const elsewhere = () =>
    refusal(wanted, 'the run is not of this repository', 'Name a run of this repository');
  try {
    const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}';
    const { data } = await github.request(route, { owner, repo, run_id: runId });
    if (data.id !== runId || data.repository.id !== repositoryId) throw elsewhere();
  } catch (error) {
    throw hasStatus(error, 404) ? elsewhere() : error;
  }
}

async function findArtifact(
  github: Github,
  wanted: ArtifactRequest,
): Promise<{ id: number; size_in_bytes: number }> {
  const { owner, repo, runId, name } = wanted;
  const listed = await github.paginate('GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', {
    owner,
    repo,
    run_id: runId,
    name,
    per_page: 100,
  });
  const newest = listed.filter((artifact) => artifact.name === name).sort((a, b) => b.id - a.id)[0];
  if (newest === undefined) throw refusal(wanted, 'the run has no such artifact', 'Run its workflow again');
  if (newest.expired) throw refusal(wanted, 'the artifact has expired', 'Run its workflow again');
  return newest;
}

/** Where the archive lies: an address that is good for a minute and needs no token. */
async function storageAddress(
  github: Github,
  { owner, repo, id }: Repository & { id: number },
  wanted: ArtifactRequest,
): Promise<URL> {
  try {
    const route = 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}';
    const { headers } = await github.request(route, {
      owner,
      repo,
      artifact_id: id,
      archive_format: 'zip',
      request: { redirect: 'manual' },
    });
    const address = URL.parse(headers.location ?? '');
    const { protocol } = new URL(github.request.endpoint.DEFAULTS.baseUrl);
    if (address !== null && (address.protocol === 'https:' || address.protocol === protocol)) return address;
  } catch (error) {
    throw hasStatus(error, 404, 410)
      ? refusal(wanted, 'the artifact is gone', 'Run its workflow again')
      : error;
  }
  throw new IncompleteRunError('GitHub did not say where the artifact lies.', 'Run the job again.');
}

async function download(address: URL, maxBytes: number): Promise<Buffer> {
  const leaving = new AbortController();
  try {
    const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS)]);
    const response = await fetch(address, { headers: { 'user-agent': 'touchstone' }, signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    if (Number(response.headers.get('content-length')) > maxBytes) throw new BodyTooLargeError(maxBytes);
    return await readCapped(response, maxBytes);
  } finally {
    leaving.abort();
  }
}

function tooLarge(wanted: ArtifactRequest): InputError {
  const what = `the artifact is larger than ${wanted.maxBytes.toLocaleString('en')} bytes`;
  return refusal(wanted, what, 'Hand over less');
}

function refusal({ name, runId }: ArtifactRequest, what: string, mend: string): InputError {
  return new InputError([{ file: `artifact ${name} of run ${runId}`, line: null, id: null, what, mend }]);
}

/** Without the rest of the address, which is signed. */
function notGiven({ host }: URL, error: unknown): IncompleteRunError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new IncompleteRunError(`${host} did not give the artifact: ${reason}`, 'Run the job again.');
}
