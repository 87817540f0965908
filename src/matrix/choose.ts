/** A cell beside another, by one metric that the choice looks at. */
export interface Contest {
  /** 0-based. */
  against: number;
  metric: string;
  /** Whether a loss is shown, however small. */
  isShownWorse: boolean;
  /** One-sided p-value of "the loss is the margin or more": small where it is shown to be smaller. */
  lossAtLeastMargin: number;
  /** Further cases that would tell; null where no number would. */
  moreCases: number | null;
}

/** A cell as far as the choice looks at it. */
export interface Candidate {
  /** Against every other cell, by every metric. */
  contests: readonly Contest[];
  /** Whether it breaks a rule of the suite by itself, such as a floor. */
  breaksRule: boolean;
  /** Null where the price is unknown. */
  usdPer1000: number | null;
  medianLatencyMs: number | null;
}

/**
 * What the cases say of a cell. `fit`: shown to lose less than the margin to any other, be it something or
 * nothing. `worse`: not so, and shown worse than another. `breaks-rule`: a rule of the suite rules it out by
 * itself. `undecided`: they cannot tell.
 */
type Standing = 'fit' | 'worse' | 'breaks-rule' | 'undecided';

/** The fewest further cases that would tell of a cell that is undecided. */
interface Need {
  /** 0-based. */
  cell: number;
  against: number;
  metric: string;
  cases: number;
}

export interface Choice {
  /** By cell. */
  standings: Standing[];
  /** 0-based; null where no cell is fit. */
  cell: number | null;
  /** What it would take to tell of a cell: of any, where none is chosen; else of one that is cheaper. Null for none. */
  need: Need | null;
}

/**
 * The one-sided level of each cell's tests, so that the chance of calling any cell fit that loses the margin
 * or more to another is alpha at most. One test against each other cell and by each metric must pass, and
 * such an intersection-union test needs no adjustment of its own (Berger 1982, Technometrics 24, 295-300).
 * Over the cells it is Bonferroni's: by a single metric the best cell cannot be wrongly called fit, which
 * leaves one fewer; by several each may lose to another in one of them.
 */
export function choiceLevel(alpha: number, cells: number, metrics: number): number {
  return alpha / (metrics === 1 ? cells - 1 : cells);
}

/**
 * Chooses the cheapest cell that is fit: shown not to lose the margin to any other cell by any metric, and
 * breaking no rule. The best is not picked first from the same cases: a cell has to stand against every
 * other, whichever is truly the best, so that no winner's curse enters. A loss that is shown and is shown to be
 * smaller than the margin does not rule a cell out: that is what the margin says may be traded for a price.
 *
 * Among fit cells the cheaper goes first, an unknown price last; then the one with the shorter median latency
 * to a tenth of a second; then the one that was given first.
 */
export function chooseCell(candidates: readonly Candidate[], level: number): Choice {
  const standings = candidates.map((candidate) => standingOf(candidate, level));
  const order = [...candidates.keys()].sort((a, b) => comparePrice(candidates, a, b));
  const cell = order.find((index) => standings[index] === 'fit') ?? null;
  const open = (cell === null ? order : order.slice(0, order.indexOf(cell))).filter(
    (index) => standings[index] === 'undecided',
  );
  const needs = open.flatMap((index) => needOf(index, candidates[index], level) ?? []);
  return { standings, cell, need: needs.toSorted((a, b) => a.cases - b.cases)[0] ?? null };
}

function standingOf({ contests, breaksRule }: Candidate, level: number): Standing {
  if (breaksRule) return 'breaks-rule';
  if (contests.every(({ lossAtLeastMargin }) => lossAtLeastMargin <= level)) return 'fit';
  return contests.some(({ isShownWorse }) => isShownWorse) ? 'worse' : 'undecided';
}

function comparePrice(candidates: readonly Candidate[], a: number, b: number): number {
  const keys = (index: number) => {
    const { usdPer1000 = null, medianLatencyMs = null } = candidates[index] ?? {};
    const tenths = medianLatencyMs === null ? Number.MAX_VALUE : Math.round(medianLatencyMs / 100);
    return [usdPer1000 ?? Number.MAX_VALUE, tenths, index];
  };
  const [left, right] = [keys(a), keys(b)];
  return left.map((key, at) => key - (right[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** The contest that takes most; null where no number of cases would win one of them. */
function needOf(cell: number, candidate: Candidate | undefined, level: number): Need | null {
  const open = candidate?.contests.filter(({ lossAtLeastMargin }) => lossAtLeastMargin > level) ?? [];
  const needs = open.map(({ against, metric, moreCases }) => ({ cell, against, metric, cases: moreCases }));
  const known = needs.filter((need): need is Need => need.cases !== null);
  if (known.length < needs.length) return null;
  return known.toSorted((a, b) => b.cases - a.cases)[0] ?? null;
}
