import Type from 'typebox';
import { fits } from '../../src/schema/check.ts';
import { ApiError, invalid, notFound } from './api-error.ts';
import { type Call, page, type Routes } from './route.ts';
import type { Annotation, CheckRun } from './world.ts';

const closed = { additionalProperties: false };
const oneOf = (...words: string[]) => Type.Union(words.map((word) => Type.Literal(word)));
const Line = Type.Integer({ minimum: 1 });

const AnnotationBody = Type.Object(
  {
    path: Type.String({ minLength: 1 }),
    start_line: Line,
    end_line: Line,
    start_column: Type.Optional(Line),
    end_column: Type.Optional(Line),
    annotation_level: oneOf('notice', 'warning', 'failure'),
    message: Type.String({ minLength: 1 }),
    title: Type.Optional(Type.String()),
    raw_details: Type.Optional(Type.String()),
  },
  closed,
);

const fields = {
  details_url: Type.Optional(Type.String()),
  external_id: Type.Optional(Type.String()),
  status: Type.Optional(oneOf('queued', 'in_progress', 'completed')),
  started_at: Type.Optional(Type.String()),
  completed_at: Type.Optional(Type.String()),
  conclusion: Type.Optional(
    oneOf('action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out'),
  ),
  output: Type.Optional(
    Type.Object(
      {
        title: Type.String({ minLength: 1 }),
        summary: Type.String(),
        text: Type.Optional(Type.String()),
        annotations: Type.Optional(Type.Array(AnnotationBody)),
      },
      closed,
    ),
  ),
};

const CreateBody = Type.Object(
  { name: Type.String({ minLength: 1 }), head_sha: Type.String({ pattern: '^[0-9a-f]{40}$' }), ...fields },
  closed,
);
const UpdateBody = Type.Object({ name: Type.Optional(Type.String({ minLength: 1 })), ...fields }, closed);
type CreateBody = Type.Static<typeof CreateBody>;
type UpdateBody = Type.Static<typeof UpdateBody>;

/** Check runs and their annotations, which can be added to but not taken away. */
export const checkRoutes: Routes = {
  'POST /repos/{owner}/{repo}/check-runs': ({ world, viewer, body }) => {
    if (!fits(CreateBody, body)) throw new ApiError(422, 'Invalid request.');
    const run: CheckRun = {
      id: world.nextId(),
      app: viewer.login,
      name: body.name,
      head_sha: body.head_sha,
      external_id: null,
      status: 'queued',
      conclusion: null,
      title: null,
      summary: null,
      annotations: [],
    };
    change(run, body);
    world.checks.push(run);
    return { status: 201, data: shown(run) };
  },
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': (call) => {
    const run = checkOf(call);
    if (run.app !== call.viewer.login)
      throw new ApiError(403, 'check run can only be modified by the GitHub App that created it.');
    if (!fits(UpdateBody, call.body)) throw new ApiError(422, 'Invalid request.');
    change(run, call.body);
    return { status: 200, data: shown(run) };
  },
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': (call) => {
    const name = call.query.get('check_name');
    const { ref } = call.parameters;
    const listed = call.world.checks
      .filter((run) => run.head_sha === ref && (name === null || run.name === name))
      .toReversed();
    const latest = [...Map.groupBy(listed, (run) => `${run.app} ${run.name}`).values()].flatMap((runs) =>
      runs.slice(0, 1),
    );
    const wanted = call.query.get('filter') === 'all' ? listed : latest;
    const { items, headers } = page(call, wanted);
    return { status: 200, headers, data: { total_count: wanted.length, check_runs: items.map(shown) } };
  },
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': (call) => {
    const { items, headers } = page(call, checkOf(call).annotations);
    return { status: 200, headers, data: items.map((item) => ({ title: null, raw_details: null, ...item })) };
  },
};

function checkOf({ world, parameters }: Call): CheckRun {
  const run = world.checks.find(({ id }) => String(id) === parameters.check_run_id);
  if (run === undefined) throw notFound();
  return run;
}

function change(
  run: CheckRun,
  { output, status, conclusion, external_id, name }: UpdateBody | CreateBody,
): void {
  if (status === 'completed' && conclusion === undefined)
    throw invalid('CheckRun', 'conclusion', 'is required with status completed');
  const annotations = output?.annotations ?? [];
  if (output !== undefined) checkSizes(output.summary, annotations);
  run.name = name ?? run.name;
  run.external_id = external_id ?? run.external_id;
  run.status = conclusion === undefined ? (status ?? run.status) : 'completed';
  run.conclusion = conclusion ?? run.conclusion;
  run.title = output?.title ?? run.title;
  run.summary = output?.summary ?? run.summary;
  run.annotations.push(...annotations.map(({ raw_details: _, ...annotation }) => annotation));
}

function checkSizes(summary: string, annotations: readonly Annotation[]): void {
  if (Buffer.byteLength(summary) > 65_535)
    throw invalid('CheckRun', 'summary', 'summary exceeds a maximum bytesize of 65535');
  if (annotations.length > 50) throw new ApiError(422, 'Invalid request. No more than 50 items are allowed.');
  for (const { message, title = '', start_line, end_line } of annotations) {
    if (Buffer.byteLength(message) > 65_536) throw invalid('CheckRunAnnotation', 'message', 'is too long');
    if ([...title].length > 255) throw invalid('CheckRunAnnotation', 'title', 'is too long');
    if (end_line < start_line) throw invalid('CheckRunAnnotation', 'end_line', 'is before start_line');
  }
}

function shown({ app, title, summary, annotations, ...run }: CheckRun) {
  return {
    ...run,
    app: { slug: app.replace('[bot]', '') },
    output: { title, summary, text: null, annotations_count: annotations.length },
  };
}
