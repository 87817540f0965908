import type { Comparison } from '../src/compare/compare.ts';
import type { CasePair } from '../src/compare/flips.ts';
import { judge } from '../src/judge/judge.ts';
import { NO_USAGE } from '../src/model/model.ts';
import type { Answer, CaseRecord, RunRecord } from '../src/schema/run-record.ts';
import { standingOf } from '../src/sequential/decide.ts';
import { gatherEvidence } from '../src/sequential/evidence.ts';
import { seededOrder } from '../src/sequential/seeded-order.ts';
import { seededRandom } from '../src/statistics/random.ts';

const CASES = 400;
/** As among the goldens that ship: 45 of 418 are the second of a pair. */
const PAIRS = 44;
const ACCURACY = 0.8;
/** Different orders in which cases are asked. */
const ORDERS = 100;

const LABELS = ['a', 'b', 'c', 'd'];

/** Two comparisons with a margin of 3 points, named cases, a limit of unusable answers: as the suites that ship. */
const SUITE: RunRecord['suite'] = {
  name: 'invented',
  path: '',
  sha256: '',
  fields: {
    primary: { kind: 'nominal', labels: LABELS },
    topics: { kind: 'set', labels: LABELS },
  },
  windows: null,
  headline: 'primary.accuracy',
  rules: [
    { rule: 'no_worse_than_baseline', metric: 'primary.accuracy', margin: 0.03, alpha: 0.05 },
    { rule: 'no_worse_than_baseline', metric: 'topics.jaccard', margin: 0.03, alpha: 0.05 },
    { rule: 'must_pass', field: 'primary', where: { tag: 'critical' }, known_failures: 'allowed' },
    { rule: 'budget', max_invalid: 0.02 },
  ],
  on_undecided: 'warn',
};

interface ChangeKind {
  /** Share of families that the change breaks, which is the true loss in accuracy; 0 … 1. */
  loss: number;
  /** Share of cases that one run gets right and the other wrong by chance, as many this way as that. */
  churn: number;
}

/** What a sequential run made of an invented change. */
interface Outcome {
  asked: number;
  /** Rulings of the rules that compare with the baseline. */
  rulings: string[];
}

/** Baseline and candidate of an invented change, in the order in which a sequential run asks. */
function inventChange({ loss, churn }: ChangeKind, seed: number): CasePair[][] {
  const random = seededRandom(seed);
  const pairs = Array.from({ length: CASES }, (_, index): CasePair => {
    const family = `f${index < CASES - PAIRS ? index : index - (CASES - PAIRS)}`;
    const expected = LABELS[index % LABELS.length] ?? 'a';
    const other = LABELS[(index + 1) % LABELS.length] ?? 'b';
    const before = random() < ACCURACY;
    // Of what was right a smaller share turns than of what was wrong, so that as many come as go.
    const turns = random() < churn / 2 / (before ? ACCURACY : 1 - ACCURACY);
    const subject = {
      id: `c${index}`,
      conversation: `c${index}`,
      window: null,
      family,
      lang: 'en',
      tags: [],
    };
    const record = (isRight: boolean, request: string): CaseRecord => ({
      ...{ ...subject, text: '', request, expected: { primary: expected, topics: [expected] } },
      answers: [said(isRight ? expected : other)],
    });
    return { before: record(before, 'before'), now: record(turns ? !before : before, 'now') };
  });
  const families = Map.groupBy(pairs, ({ now }) => now.family);
  for (const members of families.values()) {
    if (random() >= loss / ACCURACY) continue;
    for (const pair of members) pair.now = { ...pair.now, answers: [said(wrongFor(pair.now))] };
  }
  return familyOrder(seed % ORDERS, pairs).map((family) => families.get(family) ?? []);
}

/** Hashing every family anew for each change would take longer than all the rest. */
const known = new Map<number, string[]>();

function familyOrder(seed: number, pairs: readonly CasePair[]): string[] {
  const cases = pairs.map(({ now }) => now);
  const order = known.get(seed) ?? seededOrder(cases, seed).map(([first]) => first?.family ?? '');
  known.set(seed, order);
  return order;
}

function wrongFor({ expected }: CaseRecord): string {
  return LABELS.find((label) => label !== expected.primary) ?? 'a';
}

function said(label: string): Answer {
  return {
    ...{ status: 'answered', raw: '', usage: NO_USAGE, latency_ms: 0 },
    label: { primary: label, topics: [label] },
  };
}

/** Whether the betting tests alone find a loss at any moment, looked at after every family to the very end. */
export function isEverLost(kind: ChangeKind, seed: number): boolean {
  const families = inventChange(kind, seed);
  const evidence = evidenceFor(families);
  return families.some((family) => {
    evidence.add(family);
    return standingOf(SUITE, evidence) === 'lost';
  });
}

/** Asks an invented change family by family until the rules are decided, and judges what was asked. */
function outcomeOf(kind: ChangeKind, seed: number, resamples: number): Outcome {
  const families = inventChange(kind, seed);
  const evidence = evidenceFor(families);
  const stop = families.findIndex((family) => {
    evidence.add(family);
    return standingOf(SUITE, evidence) !== 'open';
  });
  const counted = stop === -1 ? families.length : stop + 1;
  const pairs = families.slice(0, counted).flat();
  return { asked: pairs.length, rulings: rulingsOf(pairs, families.length, counted, seed, resamples) };
}

function evidenceFor(families: readonly CasePair[][]) {
  const plan = { suite: SUITE, repeats: 1, answers: CASES, largestFamily: 2 };
  return gatherEvidence({ ...plan, families: families.length });
}

function rulingsOf(pairs: CasePair[], planned: number, families: number, seed: number, resamples: number) {
  const run: RunRecord = {
    ...{ touchstone: 'run', version: 1, suite: SUITE, model: 'invented', git: null, started_at: '' },
    ...{ prompt: { path: '', sha256: '' }, goldens: { path: '', sha256: '', conversations: CASES } },
    ...{ repeats: 1, selection: null, asked: 0, spent: NO_USAGE, seconds: 0 },
    cases: pairs.map(({ now }) => now),
    ...(pairs.length < CASES && { planned: CASES }),
    sequential: { seed: seed % ORDERS, families, planned_families: planned, largest_family: 2 },
  };
  const comparison: Comparison = {
    ...{ path: '', suite: SUITE, repeats: 1, pairs, added: [], removed: [], flips: {} },
  };
  const scores = { n: 0, unusable: { invalid: 0, refused: 0, failed: 0 }, fields: {}, slices: [] };
  return judge(run, scores, comparison, { resamples, seed, planned: false })
    .rules.filter(({ rule }) => rule.rule === 'no_worse_than_baseline')
    .map(({ ruling }) => ruling);
}

/** Share of cases that were not asked, and of changes with a rule that regressed. */
interface Tried {
  saved: number;
  regressed: number;
  held: number;
}

/** Many invented changes of one kind. */
export function tryChanges(kind: ChangeKind, changes: number, resamples = 399): Tried {
  let [saved, regressed, held] = [0, 0, 0];
  for (let seed = 1; seed <= changes; seed++) {
    const { asked, rulings } = outcomeOf(kind, seed, resamples);
    saved += 1 - asked / CASES;
    if (rulings.includes('regressed')) regressed++;
    else if (rulings.every((ruling) => ruling === 'held')) held++;
  }
  return { saved: saved / changes, regressed: regressed / changes, held: held / changes };
}
