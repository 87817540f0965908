import { judge } from '../judge/judge.ts';
import type { RuleVerdict } from '../judge/verdict.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { scoreRun } from '../score/score-run.ts';
import type { MetricScore } from '../score/scores.ts';
import { type CellFigures, cellFigures } from './cell-figures.ts';
import { type Choice, type Contest, choiceLevel, chooseCell } from './choose.ts';
import { type ComparedMetric, compareCells, isShownWorse, pairCount } from './compare-cells.ts';
import { metricsOf, metricTitle } from './matrix-metrics.ts';

/** One prompt with one model. */
export interface MatrixCell {
  /** As shown to the user. */
  prompt: string;
  model: string;
  /** The metric that is chosen by. */
  score: MetricScore;
  figures: CellFigures;
  /** Rules of the suite that the cell breaks without being compared. */
  breaks: RuleVerdict[];
}

/** Prompts by models on the same cases: what each gives and takes, how they differ, and which to choose. */
export interface PromptMatrix {
  suite: string;
  selection: RunRecord['selection'];
  repeats: number;
  cases: number;
  conversations: number;
  alpha: number;
  /** One-sided level of each cell's tests. */
  level: number;
  pairs: number;
  /** Prompt by prompt, each with every model. */
  cells: MatrixCell[];
  /** The first is the one that is chosen by. */
  metrics: ComparedMetric[];
  /** Names of metrics that no case at hand says anything of. */
  unmeasured: string[];
  /** Cell with the best estimate, 0-based; null where the metric is undefined. */
  best: number | null;
  choice: Choice;
}

export interface MatrixOptions {
  metric: string;
  margin: number;
  alpha: number;
  /** Fewest resamples of the bootstrap; 2,000 where absent. */
  resamples?: number;
}

/**
 * Makes the matrix of runs over the same cases. Pure: the same runs give the same matrix.
 *
 * @param runs prompt by prompt, each with every model; two at least
 */
export function promptMatrix(runs: readonly RunRecord[], options: MatrixOptions): PromptMatrix {
  const [first] = runs;
  if (first === undefined || runs.length < 2) throw new Error('a matrix needs two runs');
  const { metric, margin, alpha, resamples = 2_000 } = options;
  const wanted = metricsOf(first.suite, { metric, margin });
  const required = wanted.filter(({ margin: own }) => own !== null).length;
  const level = choiceLevel(alpha, runs.length, required);
  const compared = wanted.map((each) => compareCells(runs, each, { alpha, level, resamples }));
  const isMeasured = ({ values }: ComparedMetric, index: number) =>
    index === 0 || values.some((value) => value !== null);
  const metrics = compared.filter(isMeasured);
  const cells = runs.map((run) => matrixCell(run, metric, resamples));
  const candidates = cells.map((cell, index) => ({
    contests: contestsOf(index, metrics),
    breaksRule: cell.breaks.some((verdict) => !isForgivable(verdict)),
    usdPer1000: cell.figures.usdPer1000,
    medianLatencyMs: cell.figures.latencyMs?.median ?? null,
  }));
  return {
    suite: first.suite.name,
    selection: first.selection,
    repeats: first.repeats,
    cases: first.cases.length,
    conversations: new Set(first.cases.map(({ conversation }) => conversation)).size,
    alpha,
    level,
    pairs: pairCount(runs.length),
    cells,
    metrics,
    unmeasured: compared.filter((each, index) => !isMeasured(each, index)).map(metricTitle),
    best: bestCell(cells),
    choice: chooseCell(candidates, level),
  };
}

function matrixCell(run: RunRecord, metric: string, resamples: number): MatrixCell {
  const scores = scoreRun(run, { resamples });
  const [field = '', ...rest] = metric.split('.');
  const score = scores.fields[field]?.metrics[rest.join('.')];
  if (score === undefined) throw new Error(`no metric ${metric}`);
  const { rules } = judge(run, scores, null, { planned: false });
  return {
    prompt: run.prompt.path,
    model: run.model,
    score,
    figures: cellFigures(run.cases),
    breaks: rules.filter(({ ruling }) => ruling === 'regressed'),
  };
}

/** Failures that a baseline may have as well, of which a matrix knows none. */
function isForgivable({ rule }: RuleVerdict): boolean {
  return rule.rule === 'must_pass' && rule.known_failures === 'allowed';
}

function contestsOf(cell: number, metrics: readonly ComparedMetric[]): Contest[] {
  return metrics.flatMap((compared) => {
    if (compared.margin === null) return [];
    return (compared.against[cell] ?? []).flatMap((found, against) =>
      found === null
        ? []
        : [
            {
              against,
              metric: metricTitle(compared),
              isShownWorse: isShownWorse(compared, cell, against),
              lossAtLeastMargin: found.lossAtLeastMargin.p,
              moreCases: found.moreCases,
            },
          ],
    );
  });
}

function bestCell(cells: readonly MatrixCell[]): number | null {
  let best: number | null = null;
  for (const [index, { score }] of cells.entries()) {
    const leader = best === null ? null : (cells[best]?.score.value ?? null);
    if (score.value === null) continue;
    if (leader === null || (score.better === 'higher' ? score.value > leader : score.value < leader))
      best = index;
  }
  return best;
}
