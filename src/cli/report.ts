import path from 'node:path';
import { readBaseline } from '../baseline/load.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { type GuardedJudgement, judgeGuarded } from '../goalposts/judge-guarded.ts';
import { readConversations } from '../goldens/load.ts';
import { findProject, type Project } from '../project/project.ts';
import { listRecords, readRecord } from '../record/record-files.ts';
import { renderCsv } from '../report/csv/render-csv.ts';
import type { ReportFormat } from '../report/formats.ts';
import { renderJunit } from '../report/junit/render-junit.ts';
import { renderMarkdown } from '../report/markdown/render-markdown.ts';
import { safeJson } from '../report/terminal/safe-text.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { type LoadedSuite, loadSuites } from '../suite/load.ts';
import { openInBrowser } from './open-in-browser.ts';
import type { Terminal } from './terminal.ts';
import { writeWhole } from './write-whole.ts';

export interface ReportOptions {
  format: ReportFormat;
  out?: string;
  withText?: boolean;
  open?: boolean;
}

/** `touchstone report`: any report, made again from run records. Asks nothing. */
export async function reportCommand(
  files: string[],
  options: ReportOptions,
  terminal: Terminal,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const { suites, problems } = loadSuites(project.suites, [], shown);
  const runs =
    files.length > 0
      ? files.map((file) => readRecord(path.resolve(terminal.cwd, file), file))
      : lastRuns(project, suites, shown);
  if (runs.length === 0) {
    problems.push({
      file: shown(project.runs),
      line: null,
      id: null,
      what: 'no run to report on',
      mend: 'Run one first: touchstone run',
    });
  }
  const judged = runs.flatMap((run) => judgeRecord(run, suites, project, shown, problems));
  if (problems.length > 0) throw new InputError(problems);

  if (options.format === 'html') {
    // The charts' library is heavy, so only who wants a page loads it.
    const { writePage } = await import('./write-page.ts');
    const file = writePage(
      judged,
      suites,
      project,
      options.out === undefined ? null : path.resolve(terminal.cwd, options.out),
    );
    terminal.out(`${shown(file)}\n`);
    if (options.open === true) openInBrowser(file);
    return EXIT.held;
  }
  const text = renderText(judged, project, options);
  if (options.out === undefined) terminal.out(text);
  else writeWhole(path.resolve(terminal.cwd, options.out), text);
  return EXIT.held;
}

function renderText(judged: readonly GuardedJudgement[], project: Project, options: ReportOptions): string {
  switch (options.format) {
    case 'junit':
      return renderJunit(judged);
    case 'csv':
      return judged.map(({ assessment }) => renderCsv(assessment.run)).join('');
    case 'json':
      return judged.map(({ assessment }) => `${safeJson(assessment.run)}\n`).join('');
    default:
      return renderMarkdown(judged, {
        withText: options.withText === true ? conversationText(project) : null,
      });
  }
}

/** The newest run of each suite. */
function lastRuns(
  project: Project,
  suites: readonly LoadedSuite[],
  shown: (file: string) => string,
): RunRecord[] {
  return suites.flatMap(({ suite }) => {
    const [newest] = listRecords(project.runs, suite.name);
    return newest === undefined ? [] : [readRecord(newest, shown(newest))];
  });
}

function judgeRecord(
  run: RunRecord,
  suites: readonly LoadedSuite[],
  project: Project,
  shown: (file: string) => string,
  problems: Problem[],
): GuardedJudgement[] {
  const suite = suites.find((each) => each.suite.name === run.suite.name);
  if (suite === undefined) {
    problems.push({
      file: shown(project.suites),
      line: null,
      id: run.suite.name,
      what: 'the run is of a suite that is not here',
      mend: 'Report on it where its suite is',
    });
    return [];
  }
  const task = { name: run.suite.name, fields: run.suite.fields, windows: run.suite.windows };
  const { baseline, problems: found } = readBaseline(project.baselines, task, run.model, shown);
  problems.push(...found);
  return [judgeGuarded(run, { suite, baseline }, null)];
}

function conversationText(project: Project): (id: string) => string | null {
  const conversations = readConversations(project.goldens).value?.byId;
  return (id) => {
    const messages = conversations?.get(id)?.messages;
    return messages === undefined
      ? null
      : messages.map(({ role, content }) => `${role}: ${content}`).join('\n\n');
  };
}
