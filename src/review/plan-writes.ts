import { plural } from '../score/metric-text.ts';
import { type AcceptedBaseline, acceptCases } from './accept-cases.ts';
import { type DoubtfulLabel, doubtfulLabels } from './doubtful-labels.ts';
import type { SuiteReview } from './load-reviews.ts';
import type { Decision } from './review-session.ts';

/** What a review will write, before anything is. */
export interface PlannedWrites {
  /** One a suite in which a case was accepted. */
  baselines: (AcceptedBaseline & { review: SuiteReview; says: string })[];
  doubtful: DoubtfulLabel[];
}

/**
 * What follows from the decisions on all cases of all suites, in their order. Pure.
 *
 * @param decisions one a case, null for none
 */
export function planWrites(
  reviews: readonly SuiteReview[],
  decisions: readonly (Decision | null)[],
  signed: Pick<DoubtfulLabel, 'by' | 'at'>,
): PlannedWrites {
  const planned: PlannedWrites = { baselines: [], doubtful: [] };
  let first = 0;
  for (const review of reviews) {
    const { items, suite, baseline, run } = review;
    const own = decisions.slice(first, first + items.length);
    first += items.length;
    const decided = (decision: Decision) => items.filter((_item, index) => own[index] === decision);
    const accepted = decided('accept').map(({ record }) => record.id);
    planned.doubtful.push(...decided('doubtful').flatMap((item) => doubtfulLabels(suite, item, signed)));
    if (accepted.length === 0) continue;
    const flipped = items.map(({ record }) => record.id);
    const made = acceptCases(baseline, run, accepted, flipped);
    planned.baselines.push({ ...made, review, says: describe(review, accepted.length, made.isWhole) });
  }
  return planned;
}

function describe({ baseline, run, items }: SuiteReview, accepted: number, isWhole: boolean): string {
  const [was, is] = [baseline.header.prompt.slice(0, 8), run.prompt.sha256.slice(0, 8)];
  if (isWhole) {
    const prompt = was === is ? `prompt ${is}` : `prompt ${was} -> ${is}`;
    return `every flip is accepted, so the whole run becomes the baseline (${plural(run.cases.length, 'case')}, ${prompt})`;
  }
  const why = accepted === items.length ? 'the run is only part of the suite' : 'not every flip is accepted';
  return `${accepted} of ${plural(items.length, 'flipped case')} ${accepted === 1 ? 'takes its' : 'take their'} new answers; all other lines stay, and the header still names prompt ${was}, as ${why}`;
}
