import { measureOf, nameMetric, plural, showAmount } from '../score/metric-text.ts';
import { type Calibration, type Condition, THRESHOLD } from './calibrate.ts';
import type { Rate } from './rate.ts';

/** Columns of a table of rates: a row for each true loss. */
export interface CalibrationTable {
  head: string[];
  rows: string[][];
}

/** How often each way of gating fails a change, by the loss that the change truly has. */
export function calibrationTable({ headline, conditions }: Calibration): CalibrationTable {
  const threshold = showAmount(measureOf(headline), THRESHOLD).replace('.0 ', ' ');
  return {
    head: ['true loss', 'regressed', 'undecided', 'held', 'any drop fails', `over ${threshold} fails`],
    rows: conditions.map(({ loss, regressed, undecided, held, anyDrop, dropOverThreshold }) => [
      showLoss(headline, loss),
      showRate(regressed),
      showShare(undecided),
      showShare(held),
      showRate(anyDrop),
      showRate(dropOverThreshold),
    ]),
  };
}

/** How often each rule by itself raises an alarm at changes that change nothing. */
export function ruleTable({ conditions }: Calibration): CalibrationTable {
  const [unchanged] = conditions;
  return {
    head: ['rule', 'regressed where nothing changed'],
    rows: (unchanged?.rules ?? []).map(({ name, regressed }) => [name, showRate(regressed)]),
  };
}

/** One sentence a fact: what was simulated, and on what assumptions. */
export function calibrationNotes({
  headline,
  cases,
  families,
  repeats,
  noise,
  alpha,
  conditions,
  unreachable,
}: Calibration): string[] {
  const share = `${(noise.rate * 100).toFixed(1)}%`;
  const basis = {
    measured: `${share} of answers come out otherwise by chance, as measured from repeats.`,
    given: `${share} of answers come out otherwise by chance, as given by --noise.`,
    assumed: `${share} of answers are assumed to come out otherwise by chance: no run with --repeats tells.`,
  };
  const [unchanged, ...losses] = conditions;
  const left = unreachable.map((loss) => showLoss(headline, loss)).join(', ');
  return [
    `The loss is one in ${nameMetric(headline)}; ${plural(cases, 'case')} in ${plural(families, 'family').replace('familys', 'families')}${repeats > 1 ? `, each asked ${repeats} times` : ''}.`,
    basis[noise.basis],
    `${plural(unchanged?.simulations ?? 0, 'simulated change')} without a loss, ${(losses[0]?.simulations ?? 0).toLocaleString('en')} for each loss; 95% intervals in brackets.`,
    `False alarms may come to ${(alpha * 100).toFixed(0)}%: ${promise(unchanged, alpha)}.`,
    ...(left === '' ? [] : [`Left out, since this run has not so much to lose: ${left}.`]),
  ];
}

function promise(unchanged: Condition | undefined, alpha: number): string {
  if (unchanged === undefined) return 'none was simulated';
  const { share, low } = unchanged.regressed;
  if (share <= alpha) return 'the gate keeps its word';
  return low > alpha
    ? 'the gate does NOT keep its word'
    : 'above, but no more than these simulations can tell';
}

/** A GitHub table. */
export function markdownTable({ head, rows }: CalibrationTable): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)];
}

function showLoss(headline: string, loss: number): string {
  return loss === 0
    ? 'none'
    : showAmount(measureOf(headline), loss).replace('.0 points', loss === 0.01 ? ' point' : ' points');
}

function showRate(rate: Rate): string {
  return `${showShare(rate)} (${(rate.low * 100).toFixed(1)} to ${(rate.high * 100).toFixed(1)})`;
}

function showShare({ share }: Rate): string {
  return `${(share * 100).toFixed(1)}%`;
}
