import path from 'node:path';
import { writeBaseline } from '../baseline/load.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { findProject, type Project } from '../project/project.ts';
import { modelIdFrom } from '../project/recorded-models.ts';
import { listRecords, readRecord } from '../record/record-files.ts';
import { describeStop } from '../record/whole-run.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { loadSuites } from '../suite/load.ts';
import type { Terminal } from './terminal.ts';

/** `touchstone accept`: the last whole run of each suite becomes its baseline. All or none is written. */
export function acceptCommand(names: string[], options: { model: string }, terminal: Terminal): number {
  const project = findProject(terminal.cwd);
  const shown = (file: string) => path.relative(terminal.cwd, file);
  const { suites, problems } = loadSuites(project.suites, names, shown);
  if (problems.length > 0) throw new InputError(problems);
  const model = modelIdFrom(options.model, project);
  const found = suites.map((suite) => lastRun(project, suite.suite.name, model, shown));
  const refused = found.flatMap(({ problem }) => problem ?? []);
  if (refused.length > 0) throw new InputError(refused);
  for (const { run } of found) {
    if (run === null) continue;
    terminal.out(`${acceptRun(project, run, shown)}\n`);
  }
  return EXIT.held;
}

/** Makes a whole run the baseline of its suite and model, and says so. */
export function acceptRun(project: Project, run: RunRecord, shown: (file: string) => string): string {
  const { file, changed } = writeBaseline(project.baselines, run);
  const what = `${run.cases.length} cases, prompt ${run.prompt.sha256.slice(0, 8)}`;
  return `${run.suite.name}: ${changed ? 'accepted' : 'already accepted'} (${what}) in ${shown(file)}`;
}

function lastRun(
  project: Project,
  suite: string,
  model: string,
  shown: (file: string) => string,
): { run: RunRecord | null; problem: Problem | null } {
  const refuse = (
    file: string,
    what: string,
    mend = `Type touchstone run ${suite} and look at what it finds`,
  ) => ({
    run: null,
    problem: {
      file,
      line: null,
      id: null,
      what,
      mend,
    },
  });
  for (const file of listRecords(project.runs, suite)) {
    const run = readRecord(file, shown(file));
    if (run.model !== model || run.selection !== null) continue;
    const stop = describeStop(run);
    if (stop !== null) {
      const what = `the last run ${stop}, so it is not whole`;
      return refuse(shown(file), what, `Type touchstone run ${suite}, which asks the rest`);
    }
    const failed = run.cases
      .flatMap(({ answers }) => answers)
      .filter(({ status }) => status === 'failed').length;
    if (failed > 0)
      return refuse(shown(file), `${failed} questions of the last run failed, so it is not whole`);
    return { run, problem: null };
  }
  return refuse(shown(project.runs), `no run of the whole suite ${suite} with ${model}`);
}
