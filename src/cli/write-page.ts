import path from 'node:path';
import { describeChange } from '../goalposts/describe-change.ts';
import type { GuardedJudgement } from '../goalposts/judge-guarded.ts';
import { readConversations, readGoldens } from '../goldens/load.ts';
import { powerLine } from '../judge/power.ts';
import type { Project } from '../project/project.ts';
import { historyOf } from '../report/history.ts';
import type { HistoryPoint, PageSuite } from '../report/page/page-input.ts';
import { renderPage } from '../report/page/render-page.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { acceptedRuns, localRuns } from './dated-runs.ts';
import { writeWhole } from './write-whole.ts';

export interface PageOptions {
  /** Whether conversations, votes, notes and the model's own words are on the page; they are where absent. */
  withText?: boolean;
  /** In place of the accepted runs from git and the local ones. */
  history?: HistoryPoint[];
}

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
  { withText = true, history }: PageOptions = {},
): string {
  const file = out ?? path.join(project.state, 'report', 'index.html');
  const goldensOf = withText ? goldensReader(project, suites) : () => null;
  const shown = judged.map(({ assessment, guard }): PageSuite => {
    const { run, comparison } = assessment;
    return {
      assessment,
      goldens: goldensOf(run),
      goalposts: guard?.changes.map(describeChange) ?? [],
      powerLine: comparison === null ? null : powerLine(comparison),
    };
  });
  const newest =
    judged
      .map(({ assessment }) => assessment.run.started_at)
      .sort()
      .at(-1) ?? '';
  const page = renderPage({
    title: 'Touchstone',
    suites: shown,
    history: history ?? historyOf(judged.flatMap(({ assessment: { run } }) => runsBefore(run, project))),
    generatedAt: newest,
  });
  writeWhole(file, page);
  return file;
}

function runsBefore(run: RunRecord, project: Project) {
  return [...acceptedRuns(run, project), ...localRuns(run, project)];
}

/** Reads a run's goldens, null where they are not in order; the conversations are read once for all. */
function goldensReader(
  project: Project,
  suites: readonly LoadedSuite[],
): (run: RunRecord) => PageSuite['goldens'] {
  const conversations = readConversations(project.goldens);
  return ({ suite: { name, fields, windows } }) => {
    const labels = suites.find(({ suite }) => suite.name === name)?.labels ?? name;
    return readGoldens(project.goldens, { name, fields, windows }, labels, { conversations }).goldens;
  };
}
