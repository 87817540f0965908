import type { Ruling } from '../judge/verdict.ts';
import type { ReviewItem } from '../review/review-items.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { MetricRow } from './metric-rows.ts';

/** What is known of a suite's newest run. */
export interface SuiteResult {
  suite: RunRecord['suite'];
  /** Cases. */
  total: number;
  answered: number;
  model: string;
  /** First 8 digits of the prompt's hash. */
  prompt: string;
  rows: readonly MetricRow[];
  /** Against the baseline, among what is answered; null without a baseline. */
  flips: readonly ReviewItem[] | null;
  /** Null while it is open or being worked out. */
  verdict: { ruling: Ruling; blocks: boolean; sentence: string } | null;
}

/**
 * Where a suite stands. `starting`: what is known is of the run before; `broken`: its files have problems; `failed`:
 * asking did not go on; `gone`: its file is.
 */
export type SuiteStatus =
  | { kind: 'waiting' }
  | { kind: 'starting' }
  | { kind: 'asking' }
  | { kind: 'agreement'; question: string }
  | { kind: 'stopped' }
  | { kind: 'complete' }
  | { kind: 'broken'; problems: readonly string[] }
  | { kind: 'failed'; reason: string }
  | { kind: 'gone' };

export interface WatchedSuite {
  name: string;
  status: SuiteStatus;
  /** The last that there was, also while the files are broken. */
  result: SuiteResult | null;
}

/** What the keys act on. */
export type Screen =
  | { kind: 'suite' }
  | { kind: 'help' }
  | { kind: 'flips'; cursor: number }
  | { kind: 'flip'; cursor: number; text: string; top: number }
  | { kind: 'accept' };

export interface WatchState {
  /** By name. */
  suites: readonly WatchedSuite[];
  /** The suite shown in full: the one that changed last, or the one chosen. */
  focus: string;
  screen: Screen;
  /** What happened last, such as what was accepted; empty where nothing did. */
  note: string;
}

export function startState(names: readonly string[]): WatchState {
  const suites = names.map((name): WatchedSuite => ({ name, status: { kind: 'waiting' }, result: null }));
  return { suites, focus: names[0] ?? '', screen: { kind: 'suite' }, note: '' };
}

/** The suite that is shown in full; null where there is none at all. */
export function focused({ suites, focus }: WatchState): WatchedSuite | null {
  return suites.find(({ name }) => name === focus) ?? null;
}

/**
 * A suite's new status and result; a result of null leaves the one there is. A suite that is new is added. What is
 * under way comes to the front, and lists of flips that are no longer true are left.
 */
export function updateSuite(
  state: WatchState,
  name: string,
  status: SuiteStatus,
  result: SuiteResult | null,
): WatchState {
  const known = state.suites.find((suite) => suite.name === name);
  const next: WatchedSuite = { name, status, result: result ?? known?.result ?? null };
  const others = state.suites.filter((suite) => suite.name !== name);
  const suites = [...others, next].sort((a, b) => (a.name < b.name ? -1 : 1));
  const begins = isUnderWay(status) && (known === undefined || !isUnderWay(known.status));
  const focus = begins || state.focus === '' ? name : state.focus;
  const isReplaced = focus === name && result !== null && result.flips !== known?.result?.flips;
  const screen = begins || isReplaced ? leaveFlips(state.screen, next) : state.screen;
  return { ...state, suites, focus, screen };
}

function isUnderWay({ kind }: SuiteStatus): boolean {
  return kind === 'starting' || kind === 'asking' || kind === 'agreement';
}

/** A list of flips may have become shorter; a flip that is read stays until its reader leaves it. */
function leaveFlips(screen: Screen, { result }: WatchedSuite): Screen {
  if (screen.kind === 'accept') return { kind: 'suite' };
  if (screen.kind !== 'flips') return screen;
  const count = result?.flips?.length ?? 0;
  return count === 0 ? { kind: 'suite' } : { kind: 'flips', cursor: Math.min(screen.cursor, count - 1) };
}
