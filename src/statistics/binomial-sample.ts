import type { Random } from './random.ts';

/**
 * Draws how many of n trials succeed: exactly binomial. Few expected successes are drawn by walking
 * up the distribution; many by Hörmann's transformed rejection (BTRS), whose time does not grow
 * with n.
 *
 * Source: Hörmann (1993), "The generation of binomial random variates", J. Stat. Comput. Simul.
 * 46, 101-110.
 *
 * @param n whole, not negative
 * @param p clipped to [0, 1]
 */
export function sampleBinomial(random: Random, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - sampleBinomial(random, n, 1 - p);
  return n * p < 10 ? byInversion(random, n, p) : byRejection(random, n, p);
}

function byInversion(random: Random, n: number, p: number): number {
  const odds = p / (1 - p);
  let probability = (1 - p) ** n;
  let u = random();
  let successes = 0;
  while (u > probability && successes < n) {
    u -= probability;
    successes++;
    probability *= (odds * (n - successes + 1)) / successes;
  }
  return successes;
}

function byRejection(random: Random, n: number, p: number): number {
  const deviation = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const squeeze = 0.92 - 4.2 / b;
  const logOdds = Math.log(p / (1 - p));
  const mode = Math.floor((n + 1) * p);
  const atMode = logFactorial(mode) + logFactorial(n - mode);
  for (;;) {
    const v = random();
    const u = random() - 0.5;
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || k > n) continue;
    const accept = Math.log((v * alpha) / (a / (us * us) + b));
    if (accept <= atMode - logFactorial(k) - logFactorial(n - k) + (k - mode) * logOdds) return k;
  }
}

const SMALL = new Float64Array(10);
for (let i = 1; i < SMALL.length; i++) SMALL[i] = (SMALL[i - 1] ?? 0) + Math.log(i);

/** Stirling's series; its error is below 1e-10 from ten on. */
function logFactorial(k: number): number {
  if (k < SMALL.length) return SMALL[k] ?? 0;
  const x = k + 1;
  const inverse = 1 / (x * x);
  return (
    (x - 0.5) * Math.log(x) -
    x +
    0.5 * Math.log(2 * Math.PI) +
    (1 / 12 - (1 / 360 - inverse / 1260) * inverse) / x
  );
}
