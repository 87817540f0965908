import { describe, expect, it } from 'vitest';
import { smallJudgement, smallRun } from '../../../test/small-judgement.ts';
import type { GuardedJudgement } from '../../goalposts/judge-guarded.ts';
import { assess } from '../../judge/assess.ts';
import type { Ruling } from '../../judge/verdict.ts';
import { overallBadge, suiteBadge } from './badge-of.ts';

function judged(ruling: Ruling, more: { blocks?: boolean; isNew?: boolean; headline?: string } = {}) {
  const run = smallRun();
  run.suite.headline = more.headline ?? run.suite.headline;
  const { comparison } = smallJudgement().assessment;
  const assessment = { ...assess(run, null), comparison: more.isNew === true ? null : comparison };
  return {
    assessment: { ...assessment, verdict: { ...assessment.verdict, ruling } },
    ...{ guard: null, byOwnLabels: null, blocks: more.blocks ?? false },
  } satisfies GuardedJudgement;
}

describe('the badge of a suite', () => {
  it.each([
    ['held', '37.5% held', '#2e7d32'],
    ['undecided', '37.5% undecided', '#f2c744'],
    ['regressed', '37.5% regressed', '#b3261e'],
  ] as const)('says accuracy and verdict, %s', (ruling, message, color) => {
    const isError = ruling === 'regressed';
    expect(suiteBadge(judged(ruling))).toEqual({ label: 'mood', message, color, isError });
  });

  it('names a metric that is not accuracy, in its own unit', () => {
    expect(suiteBadge(judged('held', { headline: 'feeling.macro_f1' })).message).toMatch(
      /^macro F1 of feeling 0\.\d{3} held$/,
    );
    expect(suiteBadge(judged('held', { headline: 'feeling.recall.sad' })).message).toMatch(
      /^recall of sad \d+\.\d% held$/,
    );
    expect(suiteBadge(judged('held', { headline: 'feeling.nothing' })).message).toContain(' n/a held');
  });

  it('is grey while nothing is accepted, unless something regressed all the same', () => {
    const fresh = judged('undecided', { isNew: true });
    expect(suiteBadge(fresh)).toMatchObject({ message: '37.5% not accepted yet', color: '#5f6b7a' });
    expect(suiteBadge(judged('held', { isNew: true })).message).toContain('not accepted yet');
    expect(suiteBadge(judged('regressed', { isNew: true })).message).toContain('regressed');
  });

  it('is not green while goalposts are moved', () => {
    expect(suiteBadge(judged('held', { blocks: true }))).toMatchObject({
      message: '37.5% goalposts moved',
      color: '#f2c744',
    });
  });
});

describe('the badge of all suites', () => {
  it.each([
    [[], 'no suites'],
    [['held'], '1 suite held'],
    [['held', 'held', 'held'], '3 suites held'],
    [['held', 'undecided', 'held'], '1 of 3 suites undecided'],
    [['regressed', 'undecided', 'regressed'], '2 of 3 suites regressed'],
  ] satisfies [Ruling[], string][])('says the worst of %j: %s', (rulings, message) => {
    const badge = overallBadge(rulings.map((ruling) => judged(ruling)));
    expect(badge).toMatchObject({ label: 'touchstone', message });
  });

  it('has the colour of the worst', () => {
    const [held, worst] = [judged('held'), judged('regressed')];
    expect(overallBadge([held, worst])).toMatchObject({ color: '#b3261e', isError: true });
    expect(overallBadge([held, held])).toMatchObject({ color: '#2e7d32', isError: false });
    expect(overallBadge([]).color).toBe('#5f6b7a');
  });
});
