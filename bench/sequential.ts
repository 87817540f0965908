import { tryChanges } from '../test/simulated-changes.ts';
import { atLeast, atMost, type Figure, plain } from './figure.ts';

const HARMLESS = 2_000;
const HARMFUL = 500;
const CHURN = 0.05;

/** What `run --sequential` saves on invented changes of 400 cases, and how often it raises a false alarm. */
export async function benchSequential(): Promise<Figure[]> {
  const harmless = tryChanges({ loss: 0, churn: CHURN }, HARMLESS);
  const some = tryChanges({ loss: 0.05, churn: CHURN }, HARMFUL);
  const many = tryChanges({ loss: 0.1, churn: CHURN }, HARMFUL);
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
  return [
    atMost(`false alarms in ${HARMLESS.toLocaleString('en')} harmless changes`, harmless.regressed, 0.05, 4),
    plain('questions saved on a harmless change', percent(harmless.saved)),
    plain('harmless changes shown to be so', percent(harmless.held)),
    plain('questions saved on a loss of 5 points', percent(some.saved)),
    plain('losses of 5 points found', percent(some.regressed)),
    atLeast('share of questions saved on a loss of 10 points', many.saved, 0.5),
    plain('losses of 10 points found', percent(many.regressed)),
  ];
}
