import { describe, expect, it } from 'vitest';
import { isEverLost, tryChanges } from '../../test/simulated-changes.ts';

const ALPHA = 0.05;
/** Of the cases, 5% come out otherwise by chance. */
const CHURN = 0.05;

describe('400 invented cases, asked until the rules are decided', () => {
  it('are no false alarm in more than alpha of 2,000 harmless changes, looked at after every family', () => {
    let alarms = 0;
    for (let seed = 1; seed <= 2_000; seed++) if (isEverLost({ loss: 0, churn: CHURN }, seed)) alarms++;
    expect(alarms / 2_000).toBeLessThanOrEqual(ALPHA);
  }, 120_000);

  it('are less than half asked where 10 points are lost, and the loss is found', () => {
    const { saved, regressed } = tryChanges({ loss: 0.1, churn: CHURN }, 100, 99);
    expect(saved).toBeGreaterThanOrEqual(0.5);
    expect(regressed).toBeGreaterThan(0.95);
  }, 120_000);
});

/** Minutes, so not in every run: `npm run test:slow`. */
describe.runIf(process.env.TOUCHSTONE_SLOW)(
  'many invented changes, with the ordinary tests at the end',
  () => {
    it.each([0.02, CHURN, 0.15])(
      'raise no more false alarms than alpha where %d of the cases come out otherwise',
      (churn) => {
        expect(tryChanges({ loss: 0, churn }, 2_000).regressed).toBeLessThanOrEqual(ALPHA);
      },
      1_800_000,
    );

    it('hold a loss of the margin in no more than alpha', () => {
      // The bootstrap by family, of which half of the level is asked, is a little bold.
      expect(tryChanges({ loss: 0.03, churn: CHURN }, 2_000).held).toBeLessThanOrEqual(ALPHA);
    }, 1_800_000);

    it('find most losses of 5 points, and save half of the cases where 10 are lost', () => {
      expect(tryChanges({ loss: 0.05, churn: CHURN }, 500).regressed).toBeGreaterThan(0.75);
      expect(tryChanges({ loss: 0.1, churn: CHURN }, 500).saved).toBeGreaterThanOrEqual(0.5);
    }, 1_800_000);
  },
);
