/** Smallest ratio of the largest to the smallest share that needs a logarithmic axis. */
const WIDE = 30;

/** No corpus is so large that a share is smaller and yet not zero. */
const NOTHING = 1e-12;

/** How shares are laid out on an axis. */
export interface ShareAxis {
  type: 'linear' | 'log';
  domain: [low: number, high: number];
  ticks: number[];
  format(tick: number): string;
}

/**
 * An axis for shares: from zero; logarithmic where they differ so much that the rare ones would be one dot. Zero is not
 * on a logarithmic axis, and ends of intervals far below every share are not either: they lie at its left end.
 *
 * @param values shares, 0 to 1
 * @param ends of their intervals
 */
export function shareAxis(values: readonly number[], ends: readonly number[]): ShareAxis {
  const top = Math.max(0, ...values, ...ends);
  const least = Math.min(...values.filter((value) => value > NOTHING));
  if (top < NOTHING || !(top / least >= WIDE)) {
    const high = top < NOTHING ? 1 : Math.min(1, top * 1.06);
    return { type: 'linear', domain: [0, high], ticks: linearTicks(high), format: percent };
  }
  const reach = [...values, ...ends].filter((value) => value >= least / 10);
  const domain: ShareAxis['domain'] = [Math.min(...reach) / 1.3, Math.min(1, top * 1.3)];
  return { type: 'log', domain, ticks: logTicks(domain), format: percent };
}

/** From three to six round steps. */
function linearTicks(high: number): number[] {
  const rough = high / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  return Array.from({ length: Math.floor(high / step + 1e-9) + 1 }, (_, index) => index * step);
}

/** Powers of ten, and three times each where there are few. */
function logTicks([low, high]: ShareAxis['domain']): number[] {
  const decades = Math.log10(high / low);
  const factors = decades > 2.5 ? [1] : [1, 3];
  const exponents = Array.from({ length: 20 }, (_, index) => index - 18);
  return exponents
    .flatMap((exponent) => factors.map((factor) => Number(`${factor}e${exponent}`)))
    .filter((tick) => tick >= low && tick <= high);
}

/** `0.03%`, without zeros that say nothing. */
function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 })}%`;
}
