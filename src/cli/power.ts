import path from 'node:path';
import { type Comparison, compareWithBaseline } from '../compare/compare.ts';
import { plannedComparison } from '../compare/planned-comparison.ts';
import { EXIT } from '../errors/errors.ts';
import { PLANNED_LOSSES, powerOfRule, type RulePower } from '../judge/power.ts';
import { sliceName } from '../judge/verdict.ts';
import { loadWork, type SuiteWork } from '../project/load-work.ts';
import { findProject, type Project } from '../project/project.ts';
import { modelIdFrom } from '../project/recorded-models.ts';
import { suiteOfRecord } from '../record/build-record.ts';
import { listRecords, readRecord } from '../record/record-files.ts';
import { isWholeRun } from '../record/whole-run.ts';
import { narrowTable } from '../report/terminal/narrow-table.ts';
import { measureOf, nameMetric, showAmount } from '../score/metric-text.ts';
import type { Terminal } from './terminal.ts';

export interface PowerOptions {
  model: string;
  goldens?: string;
  /** Share of answers taken to change sides, 0 … 1. */
  discordance?: number;
}

/** `touchstone power`: what each rule of each suite could see, before any money is spent. Asks nothing. */
export function powerCommand(names: string[], options: PowerOptions, terminal: Terminal): number {
  const project = findProject(terminal.cwd);
  const { goldens } = options;
  const model = modelIdFrom(options.model, project);
  const work = loadWork(project, {
    suites: names,
    model,
    cwd: terminal.cwd,
    ...(goldens === undefined ? {} : { goldens }),
  });
  for (const each of work) {
    const comparison = lastComparison(project, each, model, terminal);
    const powers = comparison.suite.rules
      .filter((rule) => rule.rule === 'no_worse_than_baseline')
      .map((rule) => powerOfRule(rule, comparison, options.discordance ?? null));
    terminal.out(
      `${terminal.chalk.bold.underline(each.suite.suite.name)}  the smallest fall seen with 80% power, and the cases it takes for others\n`,
    );
    terminal.out(
      powers.length === 0
        ? 'no rule compares with the baseline\n\n'
        : `${renderPowers(powers, terminal.columns).join('\n')}\n\n`,
    );
  }
  return EXIT.held;
}

/** The last whole run beside the baseline; the baseline beside itself where there is none. */
function lastComparison(project: Project, work: SuiteWork, model: string, terminal: Terminal): Comparison {
  const suite = suiteOfRecord(work.suite);
  for (const file of listRecords(project.runs, suite.name)) {
    const run = readRecord(file, path.relative(terminal.cwd, file));
    if (run.model !== model || !isWholeRun(run) || work.baseline === null) continue;
    return compareWithBaseline({ ...run, suite }, work.baseline);
  }
  return plannedComparison(suite, work.cases, work.baseline);
}

function renderPowers(powers: readonly RulePower[], columns: number): string[] {
  const head = ['rule', 'cases', 'flips', 'sees', ...PLANNED_LOSSES.map((loss) => `for ${loss}`)];
  const rows = powers.map(({ rule, n, discordant, assumed, smallestVisibleLoss, casesNeeded }) => [
    `${nameMetric(rule.metric)}${rule.where === undefined ? '' : ` in ${sliceName(rule.where)}`}`,
    String(n),
    discordant === null ? 'n/a' : `${(discordant * 100).toFixed(1)}%${assumed ? ' assumed' : ''}`,
    smallestVisibleLoss === null ? 'none' : showAmount(measureOf(rule.metric), smallestVisibleLoss),
    ...casesNeeded.map((cases) => (cases === null ? 'n/a' : cases.toLocaleString('en'))),
  ]);
  return narrowTable(head, rows, columns);
}
