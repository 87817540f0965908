import type { Labelled, Unlabelled } from '../../statistics/prevalence.ts';
import { roganGladenInterval } from '../../statistics/rogan-gladen-interval.ts';
import type { CorrectedFigure } from '../figure.ts';
import { labelledCases } from '../tally-errors.ts';

/** What a method makes of a figure, and what must be said of it. */
export interface Correction {
  corrected: CorrectedFigure[];
  cautions: string[];
}

const MAY_MISLEAD = 'The goldens are no random sample of this corpus, so the correction by them may mislead.';

/**
 * A share corrected by the error rates on the goldens. These are chosen to be hard and to have every label, so the
 * error rates are rarely those of a corpus: every such figure says so.
 */
export function correctByGoldens(counts: Unlabelled, errors: Labelled): Correction {
  const found = roganGladenInterval(counts, errors);
  if (found === null) return { corrected: [], cautions: [whyNone(errors)] };
  const { estimate, interval } = found;
  const cautions = [MAY_MISLEAD];
  if (interval === null)
    cautions.push(
      'No share at all goes with this count and the error rates on the goldens: they are not those of the corpus, and the value corrected by them means nothing.',
    );
  else if (estimate === 0 && counts.positive > 0)
    cautions.push('With the error rates on the goldens, false alarms alone would explain the count.');
  const labelled = labelledCases(errors);
  return {
    corrected: [{ method: 'Rogan-Gladen by goldens', value: estimate, interval, labelled }],
    cautions,
  };
}

function whyNone({ truePositive, falseNegative, falsePositive, trueNegative }: Labelled): string {
  const why =
    truePositive + falseNegative === 0
      ? 'none of them is positive'
      : falsePositive + trueNegative === 0
        ? 'none of them is negative'
        : 'on them the model is no better than a coin';
  return `The goldens give no correction: ${why}.`;
}
