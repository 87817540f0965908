import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { ruleName } from '../judge/verdict.ts';
import type { ModelChoice } from '../model/model-choice.ts';
import type { SuiteWork } from '../project/load-work.ts';
import { suiteOfRecord } from '../record/build-record.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { plural } from '../score/metric-text.ts';
import { caseMean } from '../sequential/case-mean.ts';
import type { Terminal } from './terminal.ts';

/** Of the order of cases, where none is given. */
const DEFAULT_SEED = 1;

export interface SequentialOptions {
  sequential?: boolean;
  seed?: number;
  batch?: boolean;
}

/**
 * The seed of the order in which cases are asked until the rules are decided; null where all are to be asked.
 * Throws InputError where a run cannot be sequential.
 */
export function sequentialSeedOf(
  { sequential, seed, batch }: SequentialOptions,
  choice: ModelChoice,
  work: readonly SuiteWork[],
): number | null {
  const problems: Problem[] = [];
  const refuse = (file: string, what: string, mend: string) =>
    problems.push({ file, line: null, id: null, what, mend });
  if (sequential !== true) {
    if (seed !== undefined)
      refuse('--seed', 'is of the order of a sequential run', 'Add --sequential, or leave --seed out');
    if (problems.length > 0) throw new InputError(problems);
    return null;
  }
  if (batch === true)
    refuse('--sequential', 'does not go with --batch: a batch is sent as a whole', 'Leave one of them out');
  if (choice.kind === 'replay')
    refuse('--sequential', 'saves nothing with --model replay, which asks nothing', 'Leave one of them out');
  for (const { suite, baseline } of work) {
    if (baseline !== null) continue;
    const { name } = suite.suite;
    const what = `needs a baseline to decide against, and ${name} has none`;
    refuse('--sequential', what, `Type touchstone run ${name} and touchstone accept ${name} first`);
  }
  if (problems.length > 0) throw new InputError(problems);
  return seed ?? DEFAULT_SEED;
}

/** Says which rules can be decided only when all cases are in, so that nobody wonders why nothing is saved. */
export function announceLateRules({ suite }: SuiteWork, terminal: Terminal): void {
  const recorded = suiteOfRecord(suite);
  for (const rule of recorded.rules) {
    if (!('metric' in rule) || caseMean(recorded, rule.metric) !== null) continue;
    terminal.err(
      `${recorded.name}: ${ruleName(rule)} cannot be decided before all cases are asked, being no mean over fixed cases: the run stops early only if another rule regresses.\n`,
    );
  }
}

/** `183 of 418 questions asked, 56% saved`; answers that were recorded before are not counted. */
export function savedLine({ suite, asked }: RunRecord, missing: number): string {
  if (missing === 0) return `${suite.name}: nothing had to be asked, every answer was recorded`;
  const saved = Math.floor((1 - asked / missing) * 100);
  return `${suite.name}: ${asked.toLocaleString('en')} of ${plural(missing, 'question')} asked, ${saved}% saved`;
}
