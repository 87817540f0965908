import { performance } from 'node:perf_hooks';
import type { PromptTokens } from '../ablate/ablation.ts';
import { type AskedVariants, askVariants } from '../ablate/ask-variants.ts';
import { missingQuestions } from '../ask/ask.ts';
import { IncompleteRunError } from '../errors/errors.ts';
import type { ModelRequest } from '../model/model.ts';
import type { ModelChoice } from '../model/model-choice.ts';
import type { OpenModel } from '../model/open-model.ts';
import type { SuiteWork } from '../project/load-work.ts';
import type { Project } from '../project/project.ts';
import type { CaseRecord } from '../schema/run-record.ts';
import { plural } from '../score/metric-text.ts';
import type { Store } from '../store/store.ts';
import type { AblationPlan } from './ablate-plan.ts';
import { announceCost } from './announce-cost.ts';
import type { AskingOptions } from './asking-options.ts';
import { interruptible } from './interrupt.ts';
import { progressLine } from './progress.ts';
import { askBatches } from './run-batches.ts';
import type { Terminal } from './terminal.ts';

const NARROW =
  'Narrow it with --part, --parts, --limit or --filter, raise --max-usd, or leave --batch out: then no request is started that could break it.';

export interface AblateAskContext {
  project: Project;
  choice: Exclude<ModelChoice, { kind: 'replay' }>;
  opened: OpenModel;
  store: Store;
  options: AskingOptions;
  terminal: Terminal;
}

/** What became of one suite's questions; `runs` are as the plan's variants. */
export interface AblationAnswers extends AskedVariants {
  plan: AblationPlan;
  tokens: PromptTokens;
  /** Tokens that a call saves, as the plan's parts. */
  saved: number[];
}

/**
 * Says what all variants of all suites will cost, and asks them; in batches, those of all suites side by side.
 *
 * @throws IncompleteRunError where it was stopped, the cost was refused, the model gave up or answered nothing
 */
export async function askAblations(
  plans: readonly AblationPlan[],
  context: AblateAskContext,
): Promise<AblationAnswers[]> {
  const { project, choice, opened, store, options, terminal } = context;
  const parts = plans.reduce((count, plan) => count + plan.parts.length, 0);
  const what = `${opened.model.id}, ${plural(parts, 'part')} of ${plural(plans.length, 'prompt')} in turn`;
  const missing = () => missingRequests(plans, opened, store);
  await announceCost([{ what, opened, missing }], options, terminal, NARROW);
  const joined = new Map(plans.map((plan) => [plan, allQuestions(plan)]));
  const batched = options.batch === true ? { ...options, repeats: 1 } : null;
  const prepared =
    batched === null
      ? null
      : await askBatches([...joined.values()], choice, { project, store, options: batched, terminal });
  const answered: AblationAnswers[] = [];
  for (const plan of plans) {
    const { suite } = plan.work;
    const whole = joined.get(plan);
    const asked = await interruptible(terminal, async (signal) => ({
      ...(await countTokens(plan, opened, signal)),
      ...(await askVariants(plan.variants, {
        ...{ task: suite.task, model: opened.model, store, signal, concurrency: options.concurrency },
        prepared: whole === undefined ? null : (prepared?.get(whole) ?? null),
        clock: () => performance.now(),
        onProgress: progressLine(terminal, suite.suite.name),
      })),
    }));
    refuseIfNothingAnswered(asked.runs, opened.model.id);
    answered.push({ plan, ...asked });
  }
  return answered;
}

function missingRequests(plans: readonly AblationPlan[], { model }: OpenModel, store: Store): ModelRequest[] {
  const cases = plans.flatMap((plan) => allQuestions(plan).cases);
  return missingQuestions(cases, { model, repeats: 1, store }).map((question) => question.case.request);
}

/** A suite as if it had the cases of every variant. */
export function allQuestions({ work, variants }: AblationPlan): SuiteWork {
  return { ...work, cases: variants.flatMap(({ cases }) => cases) };
}

/**
 * Tokens of the system text and of each part. The API counts requests, free of charge; else a token is taken to be
 * four bytes of UTF-8, the usual rule of thumb.
 */
async function countTokens(
  { work, variants, parts }: AblationPlan,
  opened: OpenModel,
  signal: AbortSignal,
): Promise<{ tokens: PromptTokens; saved: number[] }> {
  const [first] = variants[0]?.cases ?? [];
  if (!opened.paid || first === undefined) {
    const estimate = (text: string) => Math.round(Buffer.byteLength(text) / 4);
    const { system } = work.prompt;
    const saved = parts.map(({ cut }) => estimate(system.slice(cut.start, cut.end)));
    return { tokens: { total: estimate(system), isCounted: false }, saved };
  }
  const count = (system: string) => opened.model.countTokens({ ...first.request, system }, signal);
  // A system text cannot be empty; a full stop is one token.
  const [whole = 0, none = 0, ...without] = await Promise.all(
    [work.prompt.system, '.', ...variants.slice(1).map(({ cases }) => cases[0]?.request.system ?? '.')].map(
      count,
    ),
  );
  return {
    tokens: { total: whole - none + 1, isCounted: true },
    saved: without.map((tokens) => whole - tokens),
  };
}

function refuseIfNothingAnswered([whole = []]: readonly CaseRecord[][], model: string): void {
  const answers = whole.flatMap((each) => each.answers);
  const failed = answers.flatMap((answer) => (answer.status === 'failed' ? [answer.reason] : []));
  if (failed.length === 0 || failed.length < answers.length) return;
  throw new IncompleteRunError(
    `${model} answered none of ${plural(answers.length, 'question')}: ${failed[0] ?? ''}`,
    'Run again when it does.',
  );
}
