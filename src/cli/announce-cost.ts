import type { Estimate, Range } from '../cost/estimate.ts';
import { IncompleteRunError } from '../errors/errors.ts';
import type { ModelRequest } from '../model/model.ts';
import type { OpenModel } from '../model/open-model.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import type { AskingOptions } from './asking-options.ts';
import { confirmCost, describeForecast, forecast } from './cost.ts';
import { interruptible } from './interrupt.ts';
import type { Terminal } from './terminal.ts';

/** What one model is about to be asked. */
export interface Announced {
  /** Put before the figures, e.g. the model's id. */
  what: string;
  opened: OpenModel;
  /** What no store has an answer to; called for a model that costs money alone. */
  missing: () => readonly ModelRequest[];
}

type Limits = Pick<AskingOptions, 'batch' | 'maxUsd' | 'confirmAbove'>;

/** How to spend less where no options of the command's own serve. */
const NARROW =
  'Narrow it with --limit or --filter, raise --max-usd, or leave --batch out: then no request is started that could break it.';

/**
 * Before the first paid call: how many requests, how many tokens, what it will cost, model by model and together; and,
 * on a terminal, whether to go on.
 *
 * @param mend what to do where batches could break `--max-usd`
 * @throws IncompleteRunError where the answer is no, or where batches could break `--max-usd`
 */
export async function announceCost(
  planned: readonly Announced[],
  options: Limits,
  terminal: Terminal,
  mend = NARROW,
): Promise<void> {
  const estimates: Estimate[] = [];
  for (const { what, opened, missing } of planned) {
    if (!opened.paid) continue;
    const requests = missing();
    if (requests.length === 0) continue;
    const { model, price } = opened;
    const estimate = await interruptible(terminal, (signal) => forecast(requests, model, price, signal));
    terminal.err(`${safeText(what)}: ${describeForecast(estimate)}\n`);
    estimates.push(estimate);
  }
  if (estimates.length === 0) return;
  const total = together(estimates);
  const unknown = estimates.filter(({ usd }) => usd === null).length;
  const besides = unknown === 0 || total.usd === null ? '' : `, besides ${unknown} of unknown price`;
  if (estimates.length > 1) terminal.err(`together: ${describeForecast(total)}${besides}\n`);
  refuseOverBudget(total, options, mend);
  await confirmCost(total, options.confirmAbove, terminal);
}

/**
 * Batches are paid as a whole, so the most they may cost has to fit before they are sent.
 *
 * @throws IncompleteRunError where it does not
 */
export function refuseOverBudget(
  { usd }: Pick<Estimate, 'usd'>,
  { batch, maxUsd }: Pick<Limits, 'batch' | 'maxUsd'>,
  mend: string,
): void {
  if (batch !== true || maxUsd === undefined || usd === null || usd.high <= maxUsd) return;
  throw new IncompleteRunError(
    `The batches may cost up to US$${usd.high.toFixed(2)}, more than --max-usd ${maxUsd}. Nothing was sent.`,
    mend,
  );
}

/** The sum; of the prices that are known where some are. */
function together(estimates: readonly Estimate[]): Estimate {
  const known = estimates.flatMap(({ usd }) => usd ?? []);
  return {
    requests: estimates.reduce((sum, { requests }) => sum + requests, 0),
    inputTokens: sumOf(estimates.map(({ inputTokens }) => inputTokens)),
    usd: known.length === 0 ? null : sumOf(known),
  };
}

function sumOf(ranges: readonly Range[]): Range {
  const total = (end: keyof Range) => ranges.reduce((sum, range) => sum + range[end], 0);
  return { low: total('low'), high: total('high') };
}
