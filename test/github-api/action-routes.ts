import { ApiError, notFound } from './api-error.ts';
import { type Call, page, type Routes } from './route.ts';
import type { Artifact, WorkflowRun } from './world.ts';

/** Workflow runs and their artifacts. */
export const actionRoutes: Routes = {
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': (call) => {
    const { id, repositoryId } = runOf(call);
    return { status: 200, data: { id, repository: { id: repositoryId } } };
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': (call) => {
    const run = runOf(call);
    const name = call.query.get('name');
    const listed = call.world.artifacts.filter(
      (artifact) => artifact.runId === run.id && (name === null || artifact.name === name),
    );
    const { items, headers } = page(call, listed);
    return { status: 200, headers, data: { total_count: listed.length, artifacts: items.map(shown) } };
  },
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/zip': ({
    world,
    parameters,
    archiveAddress,
  }) => {
    const artifact = world.artifacts.find(({ id }) => String(id) === parameters.artifact_id);
    if (artifact === undefined) throw notFound();
    if (artifact.expired) throw new ApiError(410, 'Artifact has expired');
    return { status: 302, headers: { location: archiveAddress(artifact.id) } };
  },
};

function runOf({ world, parameters }: Call): WorkflowRun {
  const run = world.runs.find(({ id }) => String(id) === parameters.run_id);
  if (run === undefined) throw notFound();
  return run;
}

function shown({ id, name, expired, archive, sizeInBytes, runId }: Artifact) {
  const size_in_bytes = sizeInBytes ?? (archive === 'endless' ? 1_000 : archive.length);
  return { id, name, expired, size_in_bytes, workflow_run: { id: runId } };
}
