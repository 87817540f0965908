import { compareWithBaseline } from '../compare/compare.ts';
import { committedBaselines } from '../project/baseline-history.ts';
import type { Project } from '../project/project.ts';
import { listRecords, readRecord } from '../record/record-files.ts';
import { isWholeRun } from '../record/whole-run.ts';
import type { DatedRun } from '../report/history.ts';
import type { RunRecord } from '../schema/run-record.ts';

/** Local runs that the history goes back to, per suite. */
const RUNS_SHOWN = 15;

/** The accepted runs of a run's suite and model, from git, scored with the run's labels. */
export function acceptedRuns(run: RunRecord, project: Project): DatedRun[] {
  const task = { name: run.suite.name, fields: run.suite.fields, windows: run.suite.windows };
  return committedBaselines(project, task, run.model).map(({ baseline, commit, at }): DatedRun => {
    const { pairs } = compareWithBaseline(run, baseline);
    const cases = pairs.map(({ before }) => before);
    const prompt = { path: run.prompt.path, sha256: baseline.header.prompt };
    return { run: { ...run, cases, prompt }, at, commit, kind: 'accepted' };
  });
}

/** The whole runs of a run's suite and model that this project's folder keeps, the newest. */
export function localRuns(run: RunRecord, project: Project): DatedRun[] {
  return listRecords(project.runs, run.suite.name)
    .slice(0, RUNS_SHOWN)
    .map((file) => readRecord(file, file))
    .filter((past) => past.model === run.model && isWholeRun(past))
    .map(
      (past): DatedRun => ({ run: past, at: past.started_at, commit: past.git?.commit ?? null, kind: 'run' }),
    );
}
