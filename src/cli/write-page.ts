import path from 'node:path';
import { compareWithBaseline } from '../compare/compare.ts';
import { describeChange } from '../goalposts/describe-change.ts';
import type { GuardedJudgement } from '../goalposts/judge-guarded.ts';
import { readConversations, readGoldens } from '../goldens/load.ts';
import { powerLine } from '../judge/power.ts';
import { committedBaselines } from '../project/baseline-history.ts';
import type { Project } from '../project/project.ts';
import { listRecords, readRecord } from '../record/record-files.ts';
import { type DatedRun, historyOf } from '../report/history.ts';
import type { PageSuite } from '../report/page/page-input.ts';
import { renderPage } from '../report/page/render-page.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { writeWhole } from './write-whole.ts';

/** Local runs that the history goes back to, per suite. */
const RUNS_SHOWN = 15;

/**
 * Writes the page that shows these judgements and gives its path.
 *
 * @param suites where the goldens' labels are found
 * @param out null for `.touchstone/report/index.html`
 */
export function writePage(
  judged: readonly GuardedJudgement[],
  suites: readonly LoadedSuite[],
  project: Project,
  out: string | null,
): string {
  const file = out ?? path.join(project.state, 'report', 'index.html');
  const conversations = readConversations(project.goldens);
  const shown = judged.map(({ assessment, guard }): PageSuite => {
    const { run, comparison } = assessment;
    const task = { name: run.suite.name, fields: run.suite.fields, windows: run.suite.windows };
    return {
      assessment,
      goldens: readGoldens(
        project.goldens,
        task,
        suites.find(({ suite }) => suite.name === run.suite.name)?.labels ?? run.suite.name,
        { conversations },
      ).goldens,
      goalposts: guard?.changes.map(describeChange) ?? [],
      powerLine: comparison === null ? null : powerLine(comparison),
    };
  });
  const history = historyOf(judged.flatMap(({ assessment }) => datedRuns(assessment.run, project)));
  const newest =
    judged
      .map(({ assessment }) => assessment.run.started_at)
      .sort()
      .at(-1) ?? '';
  writeWhole(file, renderPage({ title: 'Touchstone', suites: shown, history, generatedAt: newest }));
  return file;
}

/** Accepted runs from git, scored with today's labels, and local ones from their records. */
function datedRuns(run: RunRecord, project: Project): DatedRun[] {
  const task = { name: run.suite.name, fields: run.suite.fields, windows: run.suite.windows };
  const accepted = committedBaselines(project, task, run.model).map(({ baseline, commit, at }): DatedRun => {
    const { pairs } = compareWithBaseline(run, baseline);
    const cases = pairs.map(({ before }) => before);
    const prompt = { path: run.prompt.path, sha256: baseline.header.prompt };
    return { run: { ...run, cases, prompt }, at, commit, kind: 'accepted' };
  });
  const local = listRecords(project.runs, run.suite.name)
    .slice(0, RUNS_SHOWN)
    .map((file) => readRecord(file, file))
    .filter(({ model, selection }) => model === run.model && selection === null)
    .map(
      (past): DatedRun => ({ run: past, at: past.started_at, commit: past.git?.commit ?? null, kind: 'run' }),
    );
  return [...accepted, ...local];
}
