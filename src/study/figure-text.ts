import type { Range } from '../statistics/range.ts';
import type { CorrectionMethod, StudyFigure } from './figure.ts';

type Kind = StudyFigure['kind'];

/**
 * A figure as people say it: `0.41% (0.35 to 0.48)`; a shift in the unit of its scale: `+0.312 (+0.301 to +0.323)`.
 *
 * @param largest share that is shown beside it, its own where absent: it says how many decimals there are
 */
export function showFigure(
  kind: Kind,
  value: number,
  interval: Range | null,
  largest = Math.max(value, interval?.high ?? 0),
): string {
  if (kind === 'shift') {
    const range = interval === null ? '' : ` (${signed(interval.low, 3)} to ${signed(interval.high, 3)})`;
    return `${signed(value, 3)}${range}`;
  }
  const decimals = decimalsOf(largest);
  const percent = (share: number) => (share * 100).toFixed(decimals);
  const range = interval === null ? '' : ` (${percent(interval.low)} to ${percent(interval.high)})`;
  return `${percent(value)}%${range}`;
}

/**
 * A difference of two figures: `-0.06 points (-0.08 to -0.04)`, of shifts without the word.
 *
 * @param largest of the two figures: it says how many decimals there are
 */
export function showDifference(
  kind: Kind,
  difference: number,
  interval: Range | null,
  largest: number,
): string {
  const [scale, decimals] = kind === 'shift' ? [1, 3] : [100, decimalsOf(largest)];
  const show = (value: number) => signed(value * scale, decimals);
  const unit = kind === 'shift' ? '' : ' points';
  const range = interval === null ? '' : ` (${show(interval.low)} to ${show(interval.high)})`;
  return `${show(difference)}${unit}${range}`;
}

/** `prevalence of coaching`, `pushback.pushback in coaching`, `policy among pushback.pushback`. */
export function nameFigure({
  kind,
  of,
  topic,
  label,
}: Pick<StudyFigure, 'kind' | 'of' | 'topic' | 'label'>): string {
  if (kind === 'prevalence') return `prevalence of ${topic ?? 'all kept'}`;
  const subject = kind === 'reason' ? `${label} among ${of}` : kind === 'shift' ? `shift of ${of}` : `${of}`;
  return `${subject} in ${topic ?? 'all kept'}`;
}

export const METHOD_NAMES: Readonly<Record<CorrectionMethod, string>> = {
  'labelled sample': 'sample',
  'prediction-powered': 'sample, plain',
  'tuned prediction-powered': 'sample, tuned',
  'Rogan-Gladen by goldens': 'goldens*',
};

/** Rare labels need more decimals than common ones. */
function decimalsOf(share: number): number {
  if (share >= 0.1) return 1;
  return share >= 0.001 || share === 0 ? 2 : 3;
}

/** A number that rounds to zero has no sign. */
function signed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return `${Number(text) === 0 ? '' : value > 0 ? '+' : '-'}${text}`;
}
