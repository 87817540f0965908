import type { BatchLimits } from '../batch/split-requests.ts';
import type { PriceOf } from '../cost/cost-of.ts';
import { type CountedRequest, estimateCost, type Range, type RequestsOfSize } from '../cost/estimate.ts';
import type { GoldenRates } from './golden-rates.ts';
import type { CorpusMeasure, StageMeasure } from './measure-corpus.ts';

/** How questions reach the model. */
type Way =
  | { kind: 'batches'; limits: BatchLimits; inFlight: number }
  /** One by one, so many a second; null where nobody knows how many. */
  | { kind: 'one by one'; perSecond: number | null };

export interface ForecastInput {
  /** Null where there are no goldens: then all conversations may be kept. */
  rates: GoldenRates | null;
  /** Share of the conversations that the user expects to be kept; null where nobody knows. */
  keptShare: number | null;
  /** Requests of each stage whose tokens were counted, by its name; null for a model that cannot count. */
  counted: ReadonlyMap<string, readonly CountedRequest[]> | null;
  /** Tokens of an answer, by suite, where known. */
  answerTokens: ReadonlyMap<string, Range>;
  price: PriceOf | null;
  way: Way;
}

/** What a stage will take. Ranges go from few conversations and cheap answers to many and dear ones. */
export interface StageForecast {
  name: string;
  requests: Range;
  inputTokens: Range;
  /** Null where the model's price is unknown. */
  usd: Range | null;
}

export type TimeForecast =
  /** `rounds`: how often one must wait for batches, so many being at the API at once. */
  | { kind: 'batches'; batches: Range; bytes: Range; inFlight: number; rounds: Range }
  | { kind: 'one by one'; perSecond: number; seconds: Range }
  | { kind: 'unknown' };

export interface StudyForecast {
  measure: CorpusMeasure;
  rates: GoldenRates | null;
  /** Share kept of the conversations without an answer on record. */
  keptShare: Range & { isGiven: boolean };
  /** Whether tokens were counted, and not guessed from characters. */
  isCounted: boolean;
  /** Suites whose answers' length is taken from the goldens' answers on record. */
  answersKnown: ReadonlySet<string>;
  stages: StageForecast[];
  total: Omit<StageForecast, 'name'>;
  time: TimeForecast;
}

/** Tokens of the shortest answer. */
const SHORTEST_ANSWER = 15;
/** Tokens of a character of ordinary text, where they cannot be counted. */
const ORDINARY_TEXT: Range = { low: 1 / 4, high: 1 / 2 };

/** Foresees requests, tokens, cost and time of what a study has yet to ask of a corpus. */
export function forecastStudy(measure: CorpusMeasure, input: ForecastInput): StudyForecast {
  const { rates, keptShare: given, counted, answerTokens } = input;
  const ofGoldens = rates === null || rates.labelled === 0 ? 1 : rates.kept / rates.labelled;
  const share: Range = { low: given ?? 0, high: Math.max(given ?? 0, ofGoldens) };
  const forecasts = measure.stages.map((stage) => forecastStage(stage, share, input));
  const stages = forecasts.map(({ bytes: _, suite: __, ...stage }) => stage);
  const usd = stages.flatMap((stage) => stage.usd ?? []);
  return {
    measure,
    rates,
    keptShare: { ...share, isGiven: given !== null },
    isCounted: counted !== null,
    answersKnown: new Set(answerTokens.keys()),
    stages,
    total: {
      requests: sum(stages.map(({ requests }) => requests)),
      inputTokens: sum(stages.map(({ inputTokens }) => inputTokens)),
      usd: input.price === null ? null : sum(usd),
    },
    time: forecastTime(forecasts, input.way),
  };
}

interface SizedForecast extends StageForecast {
  suite: string;
  /** Of all requests, as JSON. */
  bytes: Range;
}

function forecastStage(stage: StageMeasure, share: Range, input: ForecastInput): SizedForecast {
  const { name, suite, maxTokens, systemCharacters, bytesPerCharacter } = stage;
  const output = input.answerTokens.get(suite) ?? {
    low: Math.min(SHORTEST_ANSWER, maxTokens),
    high: maxTokens,
  };
  const at = (kept: number) => {
    const sizes = expectedSizes(stage, kept);
    const estimate = estimateCost({
      sample: input.counted?.get(name) ?? [],
      sizes,
      uncounted: ORDINARY_TEXT,
      output,
      cachedCharacters: systemCharacters,
      price: input.price,
    });
    const characters = sizes.reduce((total, each) => total + each.characters * each.count, 0);
    return { ...estimate, bytes: characters * bytesPerCharacter };
  };
  const low = at(share.low);
  const high = at(share.high);
  return {
    name,
    suite,
    requests: { low: Math.round(low.requests), high: Math.round(high.requests) },
    inputTokens: { low: low.inputTokens.low, high: high.inputTokens.high },
    usd: low.usd === null || high.usd === null ? null : { low: low.usd.low, high: high.usd.high },
    bytes: { low: low.bytes, high: high.bytes },
  };
}

/** What is asked for certain, and of what is possible the share that is kept, sized as the sample is. */
function expectedSizes({ certain, possible, sampled }: StageMeasure, kept: number): RequestsOfSize[] {
  const scale = sampled.requests === 0 ? 0 : (possible * kept) / sampled.requests;
  const foreseen = sampled.classes.map(({ characters, count }) => ({ characters, count: count * scale }));
  return [...certain.classes, ...foreseen].filter(({ count }) => count > 0);
}

/** Batches are of one suite each; those of the later stages are at the API together. */
function forecastTime(stages: readonly SizedForecast[], way: Way): TimeForecast {
  if (way.kind === 'one by one') {
    const { perSecond } = way;
    if (perSecond === null) return { kind: 'unknown' };
    const requests = sum(stages.map((stage) => stage.requests));
    const seconds = { low: requests.low / perSecond, high: requests.high / perSecond };
    return { kind: 'one by one', perSecond, seconds };
  }
  const { limits, inFlight } = way;
  const batchesOf = (of: readonly SizedForecast[]): Range => {
    const requests = sum(of.map((stage) => stage.requests));
    const bytes = sum(of.map((stage) => stage.bytes));
    const batches = (bound: keyof Range) =>
      Math.ceil(Math.max(requests[bound] / limits.requests, bytes[bound] / limits.bytes));
    return { low: batches('low'), high: batches('high') };
  };
  const [select, ...later] = [...Map.groupBy(stages, ({ suite }) => suite).values()].map(batchesOf);
  const first = select ?? { low: 0, high: 0 };
  const second = sum(later);
  const rounds = (bound: keyof Range) =>
    Math.ceil(first[bound] / inFlight) + Math.ceil(second[bound] / inFlight);
  return {
    kind: 'batches',
    batches: sum([first, second]),
    bytes: sum(stages.map(({ bytes }) => bytes)),
    inFlight,
    rounds: { low: rounds('low'), high: rounds('high') },
  };
}

function sum(ranges: readonly Range[]): Range {
  return ranges.reduce((all, { low, high }) => ({ low: all.low + low, high: all.high + high }), {
    low: 0,
    high: 0,
  });
}
