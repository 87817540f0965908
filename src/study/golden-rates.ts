import type { Range } from '../cost/estimate.ts';
import { type Goldens, readConversations, readGoldens } from '../goldens/load.ts';
import { NO_USAGE } from '../model/model.ts';
import { planCases } from '../plan/plan.ts';
import type { HashedRequest } from '../plan/request-maker.ts';
import type { Answer } from '../schema/run-record.ts';
import type { Study } from '../schema/study.ts';
import { countHuman, leaves } from './funnel.ts';
import type { LoadedStudy } from './load-study.ts';

/** How many of the goldens a study would keep, by what people say of them. */
export interface GoldenRates {
  labelled: number;
  kept: number;
}

/** What a project's goldens tell of a study beforehand. */
export interface GoldenEvidence {
  rates: GoldenRates | null;
  /** Tokens of an answer by suite: the mean over the goldens' answers on record, with its 95% interval. */
  answerTokens: ReadonlyMap<string, Range>;
}

/** Fewer answers than these say too little of the next. */
const FEWEST_ANSWERS = 30;

/**
 * Reads the goldens of a study's suites for what they foretell. A project need not have any: suites whose goldens
 * cannot be read are passed over.
 *
 * @param directory of the goldens
 * @param recorded answer on record; null where there is none
 */
export function goldenEvidence(
  loaded: LoadedStudy,
  directory: string,
  recorded: (question: Pick<HashedRequest, 'requestHash'>) => Answer | null,
): GoldenEvidence {
  const conversations = readConversations(directory);
  const read = [...loaded.suites].flatMap(([name, { suite, prompt }]) => {
    const { goldens } = readGoldens(directory, suite.task, suite.labels, { conversations });
    return goldens === null ? [] : [{ name, suite, prompt, goldens }];
  });
  const select = read.find(({ name }) => name === loaded.study.select.suite);
  const tokens = read.flatMap(({ name, suite, prompt, goldens }) => {
    const cases = planCases(suite.task, prompt, goldens, { filters: [], limit: null });
    const range = meanTokens(cases.flatMap((each) => recorded(each) ?? []));
    return range === null ? [] : [[name, range] as const];
  });
  return {
    rates: select === undefined ? null : goldenRates(loaded.study, select.goldens),
    answerTokens: new Map(tokens),
  };
}

/** What of the goldens passes the funnel, with the human messages that a label needs. */
function goldenRates(study: Pick<Study, 'select'>, goldens: Goldens): GoldenRates {
  const kept = goldens.labels.filter(({ id, label }) => {
    const human = countHuman(goldens.conversations.get(id)?.messages ?? []);
    const asLabelled: Answer = { status: 'answered', label, raw: '', usage: NO_USAGE, latency_ms: 0 };
    return leaves(study, asLabelled, human) === null;
  });
  return { labelled: goldens.labels.length, kept: kept.length };
}

function meanTokens(answers: readonly Answer[]): Range | null {
  const tokens = answers.map(({ usage }) => usage.output_tokens).filter((count) => count > 0);
  const n = tokens.length;
  if (n < FEWEST_ANSWERS) return null;
  const mean = tokens.reduce((sum, count) => sum + count, 0) / n;
  const variance = tokens.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (n - 1);
  const error = 1.96 * Math.sqrt(variance / n);
  return { low: Math.max(1, mean - error), high: mean + error };
}
