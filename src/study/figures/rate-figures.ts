import type { StudyGroup } from '../../schema/study-record.ts';
import { wilsonInterval } from '../../statistics/wilson.ts';
import type { StudyFigure } from '../figure.ts';
import { type Correction, correctByGoldens } from './correct-by-goldens.ts';
import { correctRate } from './correct-by-sample.ts';
import type { KnownErrors } from './known-errors.ts';

/**
 * How often a binary field is true among the kept conversations with a usable answer, and in each topic; then why, as
 * shares of those for which it is. A group without a usable answer, and reasons where nothing is true, have no figure.
 *
 * @param groups all kept conversations first, then topics
 * @param name `<suite>.<field>`
 */
export function rateFigures(groups: readonly StudyGroup[], name: string, known: KnownErrors): StudyFigure[] {
  return [
    ...groups.flatMap((group) => rateFigure(group, name, known)),
    ...groups.flatMap((group) => reasonFigures(group, name)),
  ];
}

/** With the error rates of all topics together, corrected rates by topic are further from the truth than raw ones. */
const NOT_BY_TOPIC: Correction = {
  corrected: [],
  cautions: ['Not corrected by topic: of single topics the goldens are too few to tell the error rates.'],
};

function rateFigure(
  { topic, rates }: StudyGroup,
  name: string,
  { goldens, sample }: KnownErrors,
): StudyFigure[] {
  const { answered, positive } = rates[name] ?? { answered: 0, positive: 0 };
  if (answered === 0) return [];
  const corrections: Correction[] = [];
  if (sample !== null) corrections.push(correctRate(sample, name, topic));
  const isCorrected = corrections.some(({ corrected }) => corrected.length > 0);
  const errors = goldens?.rates[name];
  if (errors !== undefined && !isCorrected) {
    corrections.push(topic === null ? correctByGoldens({ n: answered, positive }, errors) : NOT_BY_TOPIC);
  }
  return [
    {
      ...{ kind: 'rate', of: name, topic, label: null, conversations: answered },
      raw: { value: positive / answered, interval: wilsonInterval(positive, answered) },
      corrected: corrections.flatMap(({ corrected }) => corrected),
      cautions: corrections.flatMap(({ cautions }) => cautions),
    },
  ];
}

function reasonFigures({ topic, rates }: StudyGroup, name: string): StudyFigure[] {
  const { positive, reasons } = rates[name] ?? { positive: 0, reasons: {} };
  if (positive === 0) return [];
  return Object.entries(reasons).map(([label, count]) => ({
    ...{ kind: 'reason', of: name, topic, label, conversations: positive },
    raw: { value: count / positive, interval: wilsonInterval(count, positive) },
    corrected: [],
    cautions: [],
  }));
}
