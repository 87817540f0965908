import type { Case } from '../plan/case.ts';
import type { Selection } from '../plan/selection.ts';
import { type Answer, RUN_RECORD_VERSION, type RunRecord } from '../schema/run-record.ts';
import type { LoadedSuite } from '../suite/load.ts';

export interface RecordSource {
  suite: LoadedSuite;
  prompt: { path: string; sha256: string };
  goldens: RunRecord['goldens'];
  model: string;
  git: RunRecord['git'];
  startedAt: string;
  selection: Selection;
  /** How many cases there were to ask; these where absent. */
  planned?: number;
  sequential?: NonNullable<RunRecord['sequential']>;
  repeats: number;
  asked: number;
  spent: RunRecord['spent'];
  seconds: number;
}

/** The run record: cases and what became of each, with all that later steps need to know of the run. */
export function buildRecord(
  cases: readonly Case[],
  answers: ReadonlyMap<string, readonly Answer[]>,
  source: RecordSource,
): RunRecord {
  const { suite, selection } = source;
  const filters = selection.filters.map(({ by, value }) => `${by}:${value}`);
  return {
    touchstone: 'run',
    version: RUN_RECORD_VERSION,
    suite: suiteOfRecord(suite),
    model: source.model,
    prompt: source.prompt,
    goldens: source.goldens,
    git: source.git,
    started_at: source.startedAt,
    repeats: source.repeats,
    selection:
      filters.length === 0 && selection.limit === null
        ? null
        : { filter: filters.length === 0 ? null : filters.join(' '), limit: selection.limit },
    ...(source.planned !== undefined && source.planned > cases.length && { planned: source.planned }),
    ...(source.sequential && { sequential: source.sequential }),
    cases: cases.map(({ request: _request, requestHash, ...subject }) => ({
      ...subject,
      request: requestHash,
      answers: [...(answers.get(subject.id) ?? [])],
    })),
    asked: source.asked,
    spent: source.spent,
    seconds: source.seconds,
  };
}

/** What a run record keeps of its suite. */
export function suiteOfRecord({ suite, path, sha256, onUndecided }: LoadedSuite): RunRecord['suite'] {
  return {
    name: suite.name,
    path,
    sha256,
    fields: suite.fields,
    windows: suite.windows ?? null,
    headline: suite.headline,
    rules: suite.rules,
    on_undecided: onUndecided,
  };
}
