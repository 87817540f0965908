import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { ask } from '../ask/ask.ts';
import { compareWithBaseline, pairedRuns } from '../compare/compare.ts';
import { EXIT, IncompleteRunError } from '../errors/errors.ts';
import { judge } from '../judge/judge.ts';
import { openModel } from '../model/open-model.ts';
import { gitState } from '../project/git.ts';
import { loadWork, type SuiteWork } from '../project/load-work.ts';
import { findProject } from '../project/project.ts';
import { buildRecord } from '../record/build-record.ts';
import { recordText, writeRecord } from '../record/record-files.ts';
import { renderSuite } from '../report/terminal/suite-report.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { scoreMinimalPairs } from '../score/minimal-pairs.ts';
import { scoreRun } from '../score/score-run.ts';
import { selfAgreement } from '../score/self-agreement.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import { interruptible } from './interrupt.ts';
import { progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface RunOptions {
  model: string;
  goldens?: string;
  prompt?: string;
  filter?: string[];
  limit?: number;
  repeats: number;
  concurrency: number;
  json?: boolean;
}

/** `touchstone run`: the whole path, suite by suite. Everything the user wrote is checked before anything is asked. */
export async function runCommand(names: string[], options: RunOptions, terminal: Terminal): Promise<number> {
  const project = findProject(terminal.cwd);
  const model = openModel(options.model);
  const work = loadWork(project, { ...options, model: model.id, suites: names, cwd: terminal.cwd });
  const git = gitState(project.root);
  const store = sqliteStore(project.store);
  let exitCode: number = EXIT.held;
  try {
    for (const suite of work) {
      const progress = progressLine(terminal, suite.suite.suite.name);
      const startedAt = new Date().toISOString();
      const asked = await interruptible(terminal, (signal) =>
        ask(suite.cases, {
          task: suite.suite.task,
          prompt: suite.prompt.path,
          model,
          repeats: options.repeats,
          concurrency: options.concurrency,
          store,
          stateDirectory: project.promptfoo,
          signal,
          clock: () => performance.now(),
          onProgress: progress,
        }),
      );
      const run = buildRecord(suite.cases, asked.answers, {
        suite: suite.suite,
        prompt: { path: suite.prompt.path, sha256: suite.prompt.sha256 },
        goldens: suite.goldens,
        model: model.id,
        git,
        startedAt,
        selection: suite.selection,
        repeats: options.repeats,
        asked: asked.asked,
        seconds: asked.seconds,
      });
      const recordPath = path.relative(terminal.cwd, writeRecord(project.runs, run));
      const { text, blocks } = report(run, suite, recordPath, terminal);
      terminal.out(options.json === true ? recordText(run) : `${text}\n`);
      if (blocks) exitCode = EXIT.notHeld;
      refuseIfNothingAnswered(run, model.id);
    }
  } finally {
    store.close();
  }
  return exitCode;
}

function report(run: RunRecord, { baseline }: SuiteWork, recordPath: string, terminal: Terminal) {
  const scores = scoreRun(run);
  const comparison = baseline === null ? null : compareWithBaseline(run, baseline);
  const before = comparison === null ? null : scoreRun(pairedRuns(comparison).before, { resamples: 0 });
  const verdict = judge(run, scores, comparison);
  const pairs = scoreMinimalPairs(run);
  const stability = selfAgreement(run);
  const text = renderSuite(
    { run, scores, before, comparison, pairs, stability, verdict, recordPath },
    terminal.chalk,
  );
  return { text, blocks: verdict.blocks };
}

function refuseIfNothingAnswered(run: RunRecord, model: string): void {
  const answers = run.cases.flatMap((each) => each.answers);
  const failed = answers.filter(({ status }) => status === 'failed');
  if (failed.length === 0 || failed.length < answers.length) return;
  const [first] = failed;
  const reason = first !== undefined && 'reason' in first ? first.reason : '';
  throw new IncompleteRunError(
    `${model} answered none of ${answers.length} questions: ${reason}`,
    'Run again when it does.',
  );
}
