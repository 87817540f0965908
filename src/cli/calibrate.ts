import path from 'node:path';
import type { CalibratedRun } from '../calibrate/answer-model.ts';
import { type Calibration, calibrate } from '../calibrate/calibrate.ts';
import {
  calibrationNotes,
  calibrationTable,
  markdownTable,
  ruleTable,
} from '../calibrate/calibration-table.ts';
import { ASSUMED_NOISE, measuredNoise, type Noise } from '../calibrate/noise.ts';
import { plannedComparison } from '../compare/planned-comparison.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { loadWork, type SuiteWork } from '../project/load-work.ts';
import { findProject, type Project } from '../project/project.ts';
import { modelIdFrom } from '../project/recorded-models.ts';
import { suiteOfRecord } from '../record/build-record.ts';
import { listRecords, readRecord } from '../record/record-files.ts';
import { isWholeRun } from '../record/whole-run.ts';
import { calibrationChart } from '../report/svg/calibration-chart.ts';
import { narrowTable } from '../report/terminal/narrow-table.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';
import { writeWhole } from './write-whole.ts';

export interface CalibrateCommandOptions {
  model: string;
  goldens?: string;
  /** Share of answers taken to come out otherwise by chance; measured or assumed where absent. */
  noise?: number;
  /** Changes without a loss; a quarter as many for each loss. */
  simulations: number;
  seed: number;
  json?: boolean;
  markdown?: boolean;
  /** Where to write a chart. */
  chart?: string;
}

/**
 * `touchstone calibrate`: how often each suite's gate closes on simulated changes of which the truth is known,
 * beside the rules of thumb it is to replace. Asks nothing.
 */
export function calibrateCommand(
  names: string[],
  options: CalibrateCommandOptions,
  terminal: Terminal,
): number {
  const project = findProject(terminal.cwd);
  const { goldens } = options;
  const model = modelIdFrom(options.model, project);
  const work = loadWork(project, {
    suites: names,
    model,
    cwd: terminal.cwd,
    ...(goldens === undefined ? {} : { goldens }),
  });
  // All that can be wrong is found before minutes are spent.
  const prepared = work
    .filter(({ suite }) => suite.suite.rules.some(({ rule }) => rule === 'no_worse_than_baseline'))
    .map((each) => prepare(project, each, { ...options, model }, terminal));
  const calibrations = prepared.map(({ run, noise }) => {
    const calibration = calibrate(run, {
      noise,
      simulations: options.simulations,
      simulationsPerLoss: Math.max(1, Math.round(options.simulations / 4)),
      seed: options.seed,
      onProgress: progressLine(terminal, run.suite.name, 'judged'),
    });
    terminal.out(render(calibration, options, terminal));
    return calibration;
  });
  if (prepared.length === 0)
    terminal.err('No rule compares with the baseline: there is nothing to calibrate.\n');
  else if (options.chart !== undefined)
    writeWhole(path.resolve(terminal.cwd, options.chart), calibrationChart(calibrations));
  return EXIT.held;
}

function render(
  calibration: Calibration,
  { json, markdown }: CalibrateCommandOptions,
  { chalk, columns }: Terminal,
): string {
  if (json === true) return `${JSON.stringify(calibration)}\n`;
  const tables = [calibrationTable(calibration), ruleTable(calibration)];
  const notes = calibrationNotes(calibration);
  if (markdown === true)
    return `### ${calibration.suite}\n\n${tables.map((table) => `${markdownTable(table).join('\n')}\n\n`).join('')}${notes.join('\n')}\n\n`;
  const shown = tables.map(({ head, rows }) => `${narrowTable(head, rows, columns).join('\n')}\n\n`).join('');
  return `${chalk.bold.underline(calibration.suite)}  how often the gate closes on simulated changes\n${shown}${notes.join('\n')}\n\n`;
}

/** The last whole run of the suite as it is today, or the accepted answers, and how steady the model is. */
function prepare(
  project: Project,
  { suite, cases, baseline }: SuiteWork,
  { model, noise }: CalibrateCommandOptions,
  terminal: Terminal,
): { run: CalibratedRun; noise: Noise } {
  const kept = suiteOfRecord(suite);
  let last: RunRecord | null = null;
  let repeated: RunRecord | null = null;
  for (const file of listRecords(project.runs, kept.name)) {
    const run = readRecord(file, path.relative(terminal.cwd, file));
    if (run.model !== model || !isWholeRun(run)) continue;
    if (JSON.stringify(run.suite.fields) !== JSON.stringify(kept.fields)) continue;
    last ??= run;
    if (run.repeats > 1) repeated ??= run;
    if (repeated !== null) break;
  }
  const run = last === null ? null : { suite: kept, cases: last.cases, repeats: last.repeats };
  const accepted =
    baseline === null ? null : plannedComparison(kept, cases, baseline).pairs.map(({ before }) => before);
  const basis = run ?? (accepted === null ? null : { suite: kept, cases: accepted, repeats: 1 });
  if (basis === null || basis.cases.length === 0) {
    throw new InputError([
      {
        file: suite.path,
        line: null,
        id: null,
        what: `no whole run of ${kept.name} with ${model} to start from, nor accepted answers`,
        mend: `Run it first: touchstone run ${kept.name}`,
      },
    ]);
  }
  return { run: basis, noise: noiseOf(noise, repeated ?? basis) };
}

function noiseOf(given: number | undefined, repeated: CalibratedRun): Noise {
  if (given !== undefined) return { rate: given, basis: 'given' };
  const rate = measuredNoise(repeated);
  return rate === null ? { rate: ASSUMED_NOISE, basis: 'assumed' } : { rate, basis: 'measured' };
}
