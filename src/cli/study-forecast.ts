import path from 'node:path';
import { openBadRecords } from '../corpus/bad-records.ts';
import { readFirst } from '../corpus/read-first.ts';
import { type PriceOf, priceOf } from '../cost/cost-of.ts';
import { loadPrices } from '../cost/load-prices.ts';
import type { OpenModel } from '../model/open-model.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { studyQuestions } from '../study/ask-conversation.ts';
import { IN_FLIGHT, STUDY_BATCH_LIMITS } from '../study/batch-desk.ts';
import { countSample } from '../study/count-sample.ts';
import { forecastStudy, type StudyForecast } from '../study/forecast.ts';
import { goldenEvidence } from '../study/golden-rates.ts';
import { measureCorpus } from '../study/measure-corpus.ts';
import { studyKey } from '../study/recorded-or-asked.ts';
import { renderForecast } from '../study/render-forecast.ts';
import { refuseOverBudget } from './announce-cost.ts';
import { confirmCost } from './cost.ts';
import { interruptible } from './interrupt.ts';
import { badRecordsFile, type StudyRunOptions, type StudyWork } from './study-work.ts';
import type { Terminal } from './terminal.ts';

/**
 * Reads the corpus once and says what asking it will take; nothing is asked but the tokens of a few requests, which
 * is free.
 *
 * @throws InputError where too many records are bad; IncompleteRunError where it may cost more than it is to
 */
export async function foresee(
  work: StudyWork,
  opened: OpenModel,
  store: Store,
  options: StudyRunOptions,
  terminal: Terminal,
): Promise<void> {
  const forecast = await interruptible(terminal, (signal) =>
    forecastOf(work, opened, store, options, signal, terminal),
  );
  const text = renderForecast(forecast, { chalk: terminal.chalk, columns: terminal.columns });
  if (options.dryRun === true) terminal.out(text);
  else terminal.err(text);
  if (options.dryRun === true || !opened.paid) return;
  const { requests, inputTokens, usd } = forecast.total;
  const mend = 'Give --kept-share where you know it, use --limit, raise --max-usd, or leave --batch out.';
  refuseOverBudget({ usd }, options, mend);
  await confirmCost(
    { requests: Math.round(requests.high), inputTokens, usd },
    options.confirmAbove,
    terminal,
  );
}

async function forecastOf(
  work: StudyWork,
  opened: OpenModel,
  store: Store,
  options: StudyRunOptions,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<StudyForecast> {
  const { loaded, out, project } = work;
  const { model } = opened;
  const recorded = (question: { requestHash: string }) => store.get(studyKey(question, model));
  const file = badRecordsFile(out);
  const badRecords = openBadRecords(file);
  const measure = await measureCorpus(
    readFirst(work.files, { mapping: work.mapping, limit: options.limit ?? null }),
    {
      study: loaded,
      recorded,
      maxBad: options.maxBad,
      badRecords: { shown: path.relative(terminal.cwd, file), write: (record) => badRecords.write(record) },
      most: options.limit ?? null,
      seed: 1,
      signal,
      onProgress: () => {},
    },
  ).finally(() => badRecords.close());
  // Answers about goldens are in the project's own store.
  const own = sqliteStore(project.store);
  const { rates, answerTokens } = goldenEvidence(loaded, project.goldens, (question) =>
    own.get(studyKey(question, model)),
  );
  own.close();
  const count = opened.paid ? opened.model.countTokens : null;
  return forecastStudy(measure, {
    rates,
    keptShare: options.keptShare ?? null,
    counted:
      count === null
        ? null
        : await countSample(measure.sample, studyQuestions(loaded), (request) => count(request, signal)),
    answerTokens,
    price: opened.paid ? opened.price : priceWithout(work, options, terminal),
    way:
      options.batch === true
        ? { kind: 'batches', limits: STUDY_BATCH_LIMITS, inFlight: IN_FLIGHT }
        : { kind: 'one by one', perSecond: null },
  });
}

/** Of a model that was not opened: nothing for the offline one, else what the list of prices says. */
function priceWithout(
  { choice, project }: StudyWork,
  { prices, batch }: StudyRunOptions,
  terminal: Terminal,
): PriceOf | null {
  if (choice.kind === 'embedded') return () => 0;
  if (choice.kind !== 'anthropic') return null;
  const file = prices === undefined ? null : path.resolve(terminal.cwd, prices);
  return priceOf(loadPrices(project.state, file), choice.name, { batch: batch === true });
}
