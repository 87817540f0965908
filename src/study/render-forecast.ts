import type { ChalkInstance } from 'chalk';
import wrapAnsi from 'wrap-ansi';
import type { Range } from '../cost/estimate.ts';
import { plainTable } from '../report/terminal/plain-table.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { plural } from '../score/metric-text.ts';
import type { StageForecast, StudyForecast, TimeForecast } from './forecast.ts';

export interface ForecastView {
  chalk: ChalkInstance;
  /** Of the terminal. */
  columns: number;
}

/** What a study will take, for a terminal: what the corpus is, a table by stage, and how to read it. */
export function renderForecast(forecast: StudyForecast, { chalk, columns }: ForecastView): string {
  const width = Math.max(20, Math.min(columns, 100));
  const wrap = (text: string) => wrapAnsi(safeText(text), width);
  const { stages, total } = forecast;
  const rows = [...stages, { name: 'total', ...total }];
  const table = plainTable(['stage', 'requests', 'tokens in', 'US$'], rows.map(cellsOf));
  const fits = table.every((line) => line.length <= width);
  return [
    wrap(corpusText(forecast)),
    '',
    ...(fits ? table : rows.flatMap(listed).map((line) => wrapAnsi(line, width, { trim: false }))),
    '',
    ...notes(forecast).map((note) => chalk.dim(wrap(note))),
    '',
  ].join('\n');
}

function cellsOf({ name, requests, inputTokens, usd }: StageForecast): string[] {
  return [safeText(name), rangeText(requests, whole), rangeText(inputTokens, large), usdText(usd)];
}

/** Where the table is too wide. */
function listed(stage: StageForecast): string[] {
  const [name = '', requests = '', tokens = '', usd = ''] = cellsOf(stage);
  return [name, `  requests ${requests}`, `  tokens in ${tokens}`, `  US$ ${usd}`];
}

function corpusText({ measure }: StudyForecast): string {
  const { conversations, bad, cut, recorded } = measure;
  const parts = [
    plural(conversations, 'conversation'),
    ...(bad > 0 ? [plural(bad, 'bad record')] : []),
    ...(cut > 0 ? [`${whole(cut)} cut to the study's longest`] : []),
    ...(recorded.conversations > 0
      ? [`${whole(recorded.conversations)} selected on record, ${whole(recorded.kept)} of them kept`]
      : []),
  ];
  return `${parts.join('; ')}.`;
}

function notes(forecast: StudyForecast): string[] {
  const { stages, total, isCounted } = forecast;
  return [
    ...(stages.length > 1 ? [keptText(forecast)] : []),
    isCounted
      ? 'Tokens: counted for a random sample of conversations, with a 95% interval.'
      : 'Tokens: not counted; a quarter to half a token a character.',
    total.usd === null
      ? "Dollars: the model's price is unknown; add it to .touchstone/prices.yaml."
      : `Dollars: low where prompts are read from the cache, high where each request writes its own. ${answerText(forecast)}`,
    timeText(forecast.time),
  ];
}

function answerText({ measure, answersKnown }: StudyForecast): string {
  const suites = [...new Set(measure.stages.map(({ suite }) => suite))];
  const unknown = suites.filter((suite) => !answersKnown.has(suite));
  const others = 'from the shortest answer to the longest that is allowed, thinking included.';
  if (unknown.length === 0) return "Answers: as long as the goldens' on record.";
  return unknown.length === suites.length
    ? `Answers: ${others}`
    : `Answers: as long as the goldens' on record; of ${unknown.join(', ')}, ${others}`;
}

function keptText({ keptShare, rates }: StudyForecast): string {
  const low = keptShare.isGiven ? `${percent(keptShare.low)}, as given,` : 'none';
  if (rates === null)
    return `Later stages: from ${low} to ${percent(keptShare.high)} of the conversations kept. There are no goldens to go by; --kept-share says what to expect.`;
  return `Later stages: from ${low} of the conversations kept to the goldens' rate, ${percent(keptShare.high)} (${whole(rates.kept)} of ${whole(rates.labelled)}). Goldens are no random sample of a corpus: they hold what is rare on purpose, so the true share is likely far lower${keptShare.isGiven ? '' : '; --kept-share says what to expect'}.`;
}

function timeText(time: TimeForecast): string {
  switch (time.kind) {
    case 'unknown':
      return 'Time: as fast as the account allows.';
    case 'one by one':
      return `Time: ${rangeText(time.seconds, duration)} at ${time.perSecond} requests a second.`;
    case 'batches': {
      const { batches, bytes, inFlight, rounds } = time;
      const hours = (each: number) => duration(each * 3600);
      const days = (each: number) => duration(each * 86_400);
      return `Time: ${rangeText(batches, whole)} batches, ${rangeText(bytes, byteText)} to send, ${inFlight} at the API at once. Each ends within 24 hours: ${rangeText(rounds, days)} at the most; ${rangeText(rounds, hours)} where each takes an hour.`;
    }
  }
}

function usdText(usd: Range | null): string {
  return usd === null ? 'unknown' : rangeText(usd, (value) => value.toFixed(2));
}

function rangeText({ low, high }: Range, show: (value: number) => string): string {
  return show(low) === show(high) ? show(low) : `${show(low)} to ${show(high)}`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** `8,153 M` from ten millions on. */
function large(value: number): string {
  return value < 1e7 ? whole(value) : `${whole(value / 1e6)} M`;
}

function byteText(bytes: number): string {
  return bytes < 1e9 ? `${whole(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}

/** `40 s`, `12 min`, `7 h`, `3 days`. */
function duration(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  if (seconds < 7200) return `${Math.ceil(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.ceil(seconds / 3600)} h` : `${whole(Math.ceil(seconds / 86_400))} days`;
}
