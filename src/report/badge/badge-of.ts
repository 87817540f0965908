import type { GuardedJudgement } from '../../goalposts/judge-guarded.ts';
import { measureOf, nameMetric, plural, showMetric } from '../../score/metric-text.ts';

/** What a badge says. The colour says nothing that the message does not say in words. */
export interface Badge {
  label: string;
  message: string;
  /** Hexadecimal RGB, on which white or dark text has a contrast of 4.5 to 1 at least. */
  color: string;
  /** Whether something regressed. */
  isError: boolean;
}

/** How a suite stands, from the worst on. */
const STANDINGS = ['regressed', 'undecided', 'goalposts moved', 'not accepted yet', 'held'] as const;

type Standing = (typeof STANDINGS)[number];

const COLORS: Readonly<Record<Standing, string>> = {
  regressed: '#b3261e',
  undecided: '#f2c744',
  'goalposts moved': '#f2c744',
  'not accepted yet': '#5f6b7a',
  held: '#2e7d32',
};

/**
 * The badge of one suite: its headline metric as every report shows it, and its verdict. Accuracy is what a bare
 * percentage is taken for, so any other metric is named.
 *
 * @example suiteBadge(judged) // { label: 'pushback', message: '91.2% held', color: '#2e7d32', isError: false }
 */
export function suiteBadge(judged: GuardedJudgement): Badge {
  const { run, scores } = judged.assessment;
  const { name, headline } = run.suite;
  const measure = measureOf(headline);
  const [field = ''] = headline.split('.');
  const value = scores.fields[field]?.metrics[measure]?.value ?? null;
  const figure = showMetric(measure, value);
  const named = measure === 'accuracy' ? figure : `${nameMetric(headline)} ${figure}`;
  return badge(name, named, standingOf(judged));
}

/** The badge of all suites: the worst verdict and how many share it: `3 suites held`, `1 of 3 suites regressed`. */
export function overallBadge(judged: readonly GuardedJudgement[]): Badge {
  const found = judged.map(standingOf);
  const worst = STANDINGS.find((standing) => found.includes(standing));
  if (worst === undefined) return { ...badge('touchstone', '', 'not accepted yet'), message: 'no suites' };
  const count = found.filter((standing) => standing === worst).length;
  const total = plural(found.length, 'suite');
  return badge('touchstone', count === found.length ? total : `${count} of ${total}`, worst);
}

function badge(label: string, subject: string, standing: Standing): Badge {
  return {
    label,
    message: `${subject} ${standing}`,
    color: COLORS[standing],
    isError: standing === 'regressed',
  };
}

/** Without a baseline a rule that compares is always undecided, so that only a regression says more. */
function standingOf({ assessment: { verdict, comparison }, blocks }: GuardedJudgement): Standing {
  if (verdict.ruling === 'regressed') return 'regressed';
  if (comparison === null) return 'not accepted yet';
  return verdict.ruling === 'held' && blocks ? 'goalposts moved' : verdict.ruling;
}
