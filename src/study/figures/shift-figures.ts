import type { StudyGroup } from '../../schema/study-record.ts';
import { type ShiftCount, shiftBootstrap } from '../../statistics/shift-bootstrap.ts';
import type { StudyFigure } from '../figure.ts';
import { showFigure } from '../figure-text.ts';
import type { GoldenErrors } from '../golden-errors.ts';

/**
 * The mean change of an ordinal field over the kept conversations with usable answers to both windows, and in each
 * topic. A group without any has no figure.
 *
 * @param name `<suite>.<field>`
 * @param scale value of each level
 */
export function shiftFigures(
  groups: readonly StudyGroup[],
  name: string,
  scale: Readonly<Record<string, number>>,
  goldens: GoldenErrors | null,
): StudyFigure[] {
  return groups.flatMap(({ topic, shifts }): StudyFigure[] => {
    const counts = shiftCounts(shifts[name] ?? [], scale);
    const mean = shiftBootstrap(counts, { seed: 1 });
    if (mean === null) return [];
    const { conversations, shift: value, interval } = mean;
    return [
      {
        ...{ kind: 'shift', of: name, topic, label: null, conversations },
        raw: { value, interval },
        corrected: [],
        cautions: [...biasOf(name, goldens), ...(interval === null ? [ALIKE] : [])],
      },
    ];
  });
}

/** Pairs of levels as values of the scale. */
export function shiftCounts(
  pairs: NonNullable<StudyGroup['shifts'][string]>,
  scale: Readonly<Record<string, number>>,
): ShiftCount[] {
  const levelValue = (level: string) => scale[level] ?? Number.NaN;
  return pairs.map(({ from, to, count }) => {
    return { opening: levelValue(from), closing: levelValue(to), conversations: count };
  });
}

const ALIKE = 'All of these conversations shift alike, so resampling them says nothing of the uncertainty.';

function biasOf(name: string, goldens: GoldenErrors | null): string[] {
  const error = goldens?.shifts[name];
  if (error === undefined) return [];
  const { conversations, shift, interval } = error;
  const bias = showFigure('shift', shift, interval);
  return [
    `On ${conversations} goldens the shift that was read minus the one labelled is ${bias}; the figure is not corrected for it.`,
  ];
}
