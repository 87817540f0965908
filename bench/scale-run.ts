import { statSync } from 'node:fs';
import path from 'node:path';
import { priceOf } from '../src/cost/cost-of.ts';
import { loadPrices } from '../src/cost/load-prices.ts';
import { anthropicModel } from '../src/model/anthropic/anthropic-model.ts';
import { systemTiming } from '../src/model/anthropic/timing.ts';
import { addUsage, NO_USAGE } from '../src/model/model.ts';
import { studyQuestions } from '../src/study/ask-conversation.ts';
import { STUDY_BATCH_LIMITS } from '../src/study/batch-desk.ts';
import { countSample } from '../src/study/count-sample.ts';
import { forecastStudy, type StudyForecast } from '../src/study/forecast.ts';
import { measureCorpus } from '../src/study/measure-corpus.ts';
import { walkInBatches } from '../src/study/walk-in-batches.ts';
import { TEST_KEY } from '../test/anthropic-api/start-api.ts';
import { MODEL } from '../test/batch-run.ts';
import { corpusOf, openStudy, shippedStudy } from '../test/study-in-batches.ts';
import { AFFECTIVE_SHARE, STUDY } from './study-corpus.ts';

/** What was foreseen of a corpus and what came of it. */
export interface ScaleRun {
  forecast: StudyForecast;
  /** By suite: batches, and requests in them. */
  sent: Record<string, { batches: number; requests: number }>;
  answers: number;
  kept: number;
  inputTokens: number;
  outputTokens: number;
  usd: number;
  /** Seconds: measuring, asking in batches, walking with all answers on record. */
  seconds: { measure: number; ask: number; walk: number };
  storeBytes: number;
}

const IN_FLIGHT = 4;
/** As a project's goldens would tell; the stand-in's answers are so long. */
const ANSWER_TOKENS = { low: 6, high: 20 };

/** `node bench/scale-run.ts FOLDER URL`: foresees and asks the corpus of a folder; prints a ScaleRun as JSON. */
async function run(cwd: string, url: string): Promise<ScaleRun> {
  const loaded = shippedStudy();
  const questions = studyQuestions(loaded);
  const price = priceOf(loadPrices(cwd, null), MODEL, { batch: true });
  const signal = new AbortController().signal;
  const spent = { answers: 0, usage: NO_USAGE };
  const { options, store, log } = openStudy({ url }, cwd, {
    timing: systemTiming,
    inFlight: IN_FLIGHT,
    onAnswer: ({ usage }) => {
      spent.answers += 1;
      spent.usage = addUsage([spent.usage, usage]);
    },
  });

  const started = performance.now();
  const measure = await measureCorpus(corpusOf(cwd)(), {
    study: loaded,
    recorded: (question) => store.get(options.keyOf(question)),
    maxBad: 0.01,
    badRecords: { shown: 'bad-records.jsonl', write: () => {} },
    most: null,
    seed: 1,
    signal,
    onProgress: () => {},
  });
  const measured = performance.now();
  const counter = anthropicModel({
    model: MODEL,
    apiKey: TEST_KEY,
    baseURL: url,
    concurrency: 8,
    price,
    patienceSeconds: 60,
  });
  const forecast = forecastStudy(measure, {
    rates: { labelled: STUDY.conversations, kept: STUDY.affective },
    keptShare: AFFECTIVE_SHARE,
    counted: await countSample(measure.sample, questions, (request) => counter.countTokens(request, signal)),
    answerTokens: new Map([...loaded.suites.keys()].map((suite) => [suite, ANSWER_TOKENS])),
    price,
    way: { kind: 'batches', limits: STUDY_BATCH_LIMITS, inFlight: IN_FLIGHT },
  });

  const walk = async () => {
    let kept = 0;
    let first = 0;
    for await (const { studied } of walkInBatches(corpusOf(cwd), options)) {
      first ||= performance.now();
      kept += studied.filter(({ left }) => left === null).length;
    }
    return { kept, first, end: performance.now() };
  };
  const asking = performance.now();
  const { kept, first, end } = await walk();
  const sent: ScaleRun['sent'] = {};
  for (const { suite, requests } of log.list()) {
    const before = sent[suite] ?? { batches: 0, requests: 0 };
    sent[suite] = { batches: before.batches + 1, requests: before.requests + requests };
  }
  log.end();
  store.close();
  const { usage } = spent;
  return {
    forecast: { ...forecast, measure: { ...measure, sample: [] } },
    sent,
    answers: spent.answers,
    kept,
    inputTokens: usage.input_tokens + usage.cache_write_tokens + usage.cache_read_tokens,
    outputTokens: usage.output_tokens,
    usd: usage.cost_usd ?? Number.NaN,
    seconds: {
      measure: (measured - started) / 1000,
      ask: (first - asking) / 1000,
      walk: (end - first) / 1000,
    },
    storeBytes: statSync(path.join(cwd, 'store.sqlite')).size,
  };
}

const [cwd, url] = process.argv.slice(2);
if (cwd !== undefined && url !== undefined) process.stdout.write(JSON.stringify(await run(cwd, url)));
