/** Metrics that are shares of cases and read best in percent; the others are plain numbers. */
const SHARES = /^(accuracy|subset_accuracy|within_one|balanced_accuracy|precision|recall)/;

/** A metric's value the way people say it: `82.4%`, `0.713`, `n/a`. */
export function showMetric(name: string, value: number | null): string {
  if (value === null) return 'n/a';
  return SHARES.test(name) ? `${(value * 100).toFixed(1)}%` : value.toFixed(3);
}

/** ` (78.1 to 86.0)`, in the unit of showMetric; empty where there is no interval. */
export function showInterval(name: string, interval: { low: number; high: number } | null): string {
  if (interval === null) return '';
  const show = (value: number) => (SHARES.test(name) ? (value * 100).toFixed(1) : value.toFixed(3));
  return ` (${show(interval.low)} to ${show(interval.high)})`;
}

/** A signed difference: `+1.2 points`, `-0.031`, `no change`. */
export function showChange(name: string, before: number | null, now: number | null): string {
  if (before === null || now === null) return '';
  const change = now - before;
  const text = SHARES.test(name) ? (Math.abs(change) * 100).toFixed(1) : Math.abs(change).toFixed(3);
  if (Number(text) === 0) return 'no change';
  return `${change > 0 ? '+' : '-'}${text}${SHARES.test(name) ? ' points' : ''}`;
}

const METRIC_WORDS: Readonly<Record<string, string>> = {
  macro_f1: 'macro F1',
  weighted_f1: 'weighted F1',
  micro_f1: 'micro F1',
  f1: 'F1',
  balanced_accuracy: 'balanced accuracy',
  subset_accuracy: 'subset accuracy',
  hamming_loss: 'Hamming loss',
  jaccard: 'Jaccard index',
  within_one: 'accuracy within one level',
  mae: 'mean absolute error',
  qwk: 'quadratic weighted kappa',
  lwk: 'linear weighted kappa',
  mcc: 'Matthews correlation',
  kendall_tau_b: "Kendall's tau-b",
  spearman: "Spearman's rho",
};

/** `pushback.recall.true` as `recall of pushback`, `primary.f1.coaching` as `F1 of coaching`. */
export function nameMetric(metric: string): string {
  const [field = '', measure = '', label] = metric.split('.');
  const words = METRIC_WORDS[measure] ?? measure;
  if (label === undefined || label === 'true') return `${words} of ${field}`;
  return `${words} of ${label === 'false' ? `no ${field}` : label}`;
}

/** The part of `<field>.<metric>` after the field: what showMetric wants. */
export function measureOf(metric: string): string {
  return metric.slice(metric.indexOf('.') + 1);
}

/** A size without a sign: `6.1 points`, `0.031`. */
export function showAmount(measure: string, amount: number): string {
  return SHARES.test(measure) ? `${(Math.abs(amount) * 100).toFixed(1)} points` : Math.abs(amount).toFixed(3);
}

/** `1 case`, `3 cases`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
