/** Why a request was not answered. */
export type RefusalCause = 'rate' | 'overload' | 'failure';

/**
 * How fast requests may be sent: plain data, moved on by the functions below. Times are milliseconds of
 * one clock, rates are starts per second.
 */
export interface Pace {
  cap: number;
  /** Requests that may be under way. */
  window: number;
  /** Below this the window grows with every answer, above it by one a round trip. */
  threshold: number;
  inFlight: number;
  /** Null until a refusal for rate has shown that there is a limit. */
  rate: number | null;
  /** The rate at which the last such refusal came, once starts were evenly spaced. */
  ceiling: number | null;
  /** Whether it is the rate, and not the window, that holds requests back. */
  rateBound: boolean;
  /** No start before these. */
  nextSlot: number;
  pausedUntil: number;
  /** A refusal of what was started before is of the same round trip and teaches nothing new. */
  cutAt: number;
  cleanSinceCut: number;
  /** Answers after the last cut for which the rate stays. */
  hold: number;
  /** Refusals, and cuts, since the last answer. */
  streak: number;
  cutsInStreak: number;
  lastCleanAt: number;
  /** Times of the starts of the last second. */
  recentStarts: readonly number[];
}

export interface Refusal {
  cause: RefusalCause;
  startedAt: number;
  now: number;
  /** How long the API asks to wait; null where it does not say. */
  waitMs: number | null;
  /** In [0, 1). */
  random: number;
}

const SLOWEST_RATE = 0.5;
/** Requests that may be under way before anything is known of the account. */
const OPENING_WINDOW = 32;
/** Share of the rate at which a refusal came that is sent from then on. */
const BELOW_CEILING = 0.97;
/** Answers for which the rate is left alone after a cut: so seldom is the limit touched at most. */
const SHORTEST_HOLD = 100;
/** A touch that costs a pause is made so seldom that pauses take a fiftieth of the time. */
const HOLD_PER_PAUSE = 50;
const LONGEST_PAUSE_MS = 20_000;

export function newPace(cap: number, now: number): Pace {
  return {
    cap,
    window: Math.min(cap, OPENING_WINDOW),
    threshold: cap,
    inFlight: 0,
    rate: null,
    ceiling: null,
    rateBound: false,
    nextSlot: now,
    pausedUntil: now,
    cutAt: Number.NEGATIVE_INFINITY,
    cleanSinceCut: 0,
    hold: SHORTEST_HOLD,
    streak: 0,
    cutsInStreak: 0,
    lastCleanAt: Number.NEGATIVE_INFINITY,
    recentStarts: [],
  };
}

/** When the next request may start, perhaps in the past; null while the window is full. */
export function earliestStart(pace: Pace): number | null {
  if (pace.inFlight >= Math.floor(pace.window)) return null;
  return Math.max(pace.pausedUntil, pace.rate === null ? pace.pausedUntil : pace.nextSlot);
}

/** A request has started. Starts are evenly spaced: an account's limit may allow no bursts at all. */
export function afterStart(pace: Pace, now: number): Pace {
  const interval = pace.rate === null ? 0 : 1000 / pace.rate;
  return {
    ...pace,
    inFlight: pace.inFlight + 1,
    nextSlot: now + interval,
    rateBound: pace.rate !== null && now - pace.nextSlot <= interval,
    recentStarts: [...pace.recentStarts.filter((start) => start > now - 1000), now],
  };
}

/** A request was answered: the window grows by 3 up to its threshold, and so may the rate. */
export function afterAnswer(
  pace: Pace,
  answer: { startedAt: number; now: number; exhaustedForMs: number },
): Pace {
  const { startedAt, now, exhaustedForMs } = answer;
  const isNews = startedAt > pace.cutAt;
  const grown = pace.window < pace.threshold ? pace.window + 3 : pace.window + 1 / pace.window;
  return {
    ...pace,
    inFlight: pace.inFlight - 1,
    window: Math.min(pace.cap, grown),
    rate: pace.rate === null || !isNews ? pace.rate : pace.rate * rateGrowth(pace),
    cleanSinceCut: pace.cleanSinceCut + (isNews ? 1 : 0),
    streak: 0,
    cutsInStreak: 0,
    lastCleanAt: now,
    pausedUntil: Math.max(pace.pausedUntil, now + exhaustedForMs),
  };
}

/** Quickly up to a known limit, then level, then slowly beyond: a limit may have been raised. */
function rateGrowth({ rate, ceiling, rateBound, cleanSinceCut, hold }: Pace): number {
  if (rate === null || !rateBound) return 1;
  if (ceiling === null) return 1.07;
  if (rate < BELOW_CEILING * ceiling) return 1.02;
  if (cleanSinceCut < hold) return 1;
  return rate < 1.1 * ceiling ? 1.001 : 1.005;
}

/** A request ended without saying anything about the API: its caller has gone. */
export function afterWithdrawal(pace: Pace): Pace {
  return { ...pace, inFlight: pace.inFlight - 1 };
}

/**
 * A request was not answered. A refusal for rate lowers the rate, an overload or a third failure in a row
 * halves the window: each once a round trip. While nothing at all is answered pauses double.
 */
export function afterRefusal(pace: Pace, refusal: Refusal): Pace {
  const { cause, now, waitMs } = refusal;
  const streak = pace.streak + 1;
  const asked = Math.max(pace.pausedUntil, now + (waitMs ?? 0));
  const next = { ...pace, inFlight: pace.inFlight - 1, streak, pausedUntil: asked };
  const isNews = refusal.startedAt > pace.cutAt && (cause !== 'failure' || streak >= 3);
  if (!isNews) return next;
  const pause = Math.min(LONGEST_PAUSE_MS, 250 * 2 ** pace.cutsInStreak) * (0.5 + refusal.random / 2);
  return {
    ...next,
    ...(cause === 'rate' ? rateCut(pace, now, waitMs ?? 0) : windowCut(pace)),
    cutAt: now,
    cleanSinceCut: 0,
    cutsInStreak: pace.cutsInStreak + 1,
    pausedUntil: streak < 3 ? asked : Math.max(asked, now + pause),
  };
}

function windowCut({ window }: Pace): Pick<Pace, 'window' | 'threshold'> {
  return { window: Math.max(1, window / 2), threshold: Math.max(1, window * 0.75) };
}

/**
 * Coarse steps until evenly spaced starts have shown where the limit is, then fine ones below it; larger
 * ones where the rate was refused that was to be held: the burst that an account allows hid its limit.
 */
function rateCut(
  pace: Pace,
  now: number,
  waitMs: number,
): Pick<Pace, 'rate' | 'ceiling' | 'hold' | 'nextSlot'> {
  const { rate, ceiling, cleanSinceCut } = pace;
  const isSpaced = rate !== null && cleanSinceCut >= 5;
  const from = rate ?? Math.max(1, pace.recentStarts.filter((start) => start > now - 1000).length);
  const factor =
    ceiling === null ? (isSpaced ? 0.85 : 0.7) : cleanSinceCut < pace.hold ? 0.95 : BELOW_CEILING;
  const lowered = Math.max(SLOWEST_RATE, from * factor);
  const pausing = (HOLD_PER_PAUSE * lowered * waitMs) / 1000;
  return {
    rate: lowered,
    ceiling: ceiling !== null ? lowered / BELOW_CEILING : isSpaced ? from : null,
    hold: ceiling === null ? 0 : Math.max(SHORTEST_HOLD, pausing),
    nextSlot: Math.max(pace.nextSlot, now + 1000 / lowered),
  };
}
