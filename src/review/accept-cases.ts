import { type Baseline, baselineText } from '../baseline/baseline.ts';
import { isWholeRun } from '../record/whole-run.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { answersOfRun } from './recorded-answers.ts';

/** What accepting some cases of a run makes of the baseline. */
export interface AcceptedBaseline {
  text: string;
  /** Whether the whole run is accepted, header and all. */
  isWhole: boolean;
}

/**
 * The baseline with the new answers of the accepted cases. All other lines stay, and so does the header, which names
 * the prompt that the lines were answered with; only where every flip of a whole run is accepted does the run become
 * the baseline, as `touchstone accept` would make it.
 *
 * @param accepted ids of cases that the run has
 * @param flipped ids of all cases that flipped
 */
export function acceptCases(
  baseline: Baseline,
  run: RunRecord,
  accepted: readonly string[],
  flipped: readonly string[],
): AcceptedBaseline {
  const chosen = new Set(accepted);
  if (isWholeRun(run) && flipped.every((id) => chosen.has(id))) {
    return { text: baselineText(run), isWhole: true };
  }
  const answers = answersOfRun(run, '').cases;
  const lines = [...baseline.cases.values()].map((line) =>
    chosen.has(line.id) ? (answers.get(line.id) ?? line) : line,
  );
  return {
    text: [baseline.header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''),
    isWhole: false,
  };
}
