import { missingQuestions } from '../ask/ask.ts';
import { prepareEvaluation } from '../ask/evaluate.ts';
import type { Estimate, Range } from '../cost/estimate.ts';
import { IncompleteRunError } from '../errors/errors.ts';
import type { Project } from '../project/project.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import type { Store } from '../store/store.ts';
import type { CompareOptions } from './compare.ts';
import type { PlannedCell } from './compare-plan.ts';
import { confirmCost, describeForecast, forecast } from './cost.ts';
import { interruptible } from './interrupt.ts';
import type { Terminal } from './terminal.ts';

interface CostContext {
  project: Project;
  store: Store;
  options: CompareOptions;
  terminal: Terminal;
}

/**
 * Before the first paid call of any cell: what asking all of them will cost, and, on a terminal, whether to go
 * on; once for the whole matrix.
 *
 * @throws IncompleteRunError where the answer is no, or where batches could break `--max-usd`
 */
export async function announceMatrixCost(
  cells: readonly PlannedCell[],
  { project, store, options, terminal }: CostContext,
): Promise<void> {
  const estimates: Estimate[] = [];
  for (const { work, by } of cells) {
    const { opened } = by;
    if (!opened.paid) continue;
    const { model, price } = opened;
    const missing = missingQuestions(work.cases, { model, repeats: options.repeats, store });
    if (missing.length === 0) continue;
    prepareEvaluation(project.promptfoo);
    const requests = missing.map((question) => question.case.request);
    const estimate = await interruptible(terminal, (signal) => forecast(requests, model, price, signal));
    terminal.err(safeText(`${work.prompt.path} with ${model.id}: ${describeForecast(estimate)}\n`));
    estimates.push(estimate);
  }
  if (estimates.length === 0) return;
  const total = together(estimates);
  const unknown = estimates.filter(({ usd }) => usd === null).length;
  const besides = unknown === 0 || total.usd === null ? '' : `, besides ${unknown} of unknown price`;
  if (estimates.length > 1) terminal.err(`together: ${describeForecast(total)}${besides}\n`);
  refuseOverBudget(total, options);
  await confirmCost(total, options.confirmAbove, terminal);
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

/** Batches are paid as a whole, so the most they may cost has to fit before they are sent. */
function refuseOverBudget({ usd }: Estimate, { batch, maxUsd }: CompareOptions): void {
  if (batch !== true || maxUsd === undefined || usd === null || usd.high <= maxUsd) return;
  throw new IncompleteRunError(
    `The batches may cost up to US$${usd.high.toFixed(2)}, more than --max-usd ${maxUsd}. Nothing was sent.`,
    'Narrow it with --limit or --filter, raise --max-usd, or leave --batch out: then no request is started that could break it.',
  );
}
