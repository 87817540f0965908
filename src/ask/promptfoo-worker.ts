import { setPriority } from 'node:os';
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { EvaluationPlan, ForWorker, FromWorker, GradedAnswer, ToWorker } from './evaluation-messages.ts';
import { importPromptfoo } from './promptfoo.ts';

// promptfoo takes a stack trace for every line that it does not log.
Error.stackTraceLimit = 0;
// On Linux a priority is a thread's own: this one gives way to the one that asks. A run waits for it in the end, so
// it gives way by no more than needed: at 19 a machine with other work would hold it up for as long as that lasts.
const GIVES_WAY = 5;
if (process.platform === 'linux') setPriority(GIVES_WAY);

// promptfoo tells a CI system of its progress there, in the middle of what we print.
process.stdout.write = () => true;

/** A thread of its own for promptfoo: importing and driving it take seconds in which no request could be sent. */
parentPort?.on('message', (message: ForWorker) => {
  if (message.kind === 'prepare') {
    importPromptfoo(message.stateDirectory).catch(() => {});
    return;
  }
  const { plan, port } = message;
  const reply = (message: FromWorker) => {
    port.postMessage(message);
    port.close();
  };
  evaluatePlan(plan, port).then(
    () => reply({ kind: 'evaluated' }),
    (error: unknown) =>
      reply({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
});

/** Lets promptfoo come to an end when the asking was broken off. */
const NEVER_ASKED: GradedAnswer = {
  response: { output: '', tokenUsage: { prompt: 0, completion: 0, total: 0, numRequests: 0 }, latencyMs: 0 },
  grade: { pass: false, score: 0, reason: 'the run ended', namedScores: {} },
};

/** promptfoo asks case by case; our provider hands over the answer when it has come. */
async function evaluatePlan(plan: EvaluationPlan, port: MessagePort): Promise<void> {
  const answers = plan.questions.map(() => Promise.withResolvers<GradedAnswer>());
  const cancelled = new AbortController();
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'answer') answers[message.index]?.resolve(message.answer);
    else {
      cancelled.abort();
      for (const { resolve } of answers) resolve(NEVER_ASKED);
    }
  });
  const { evaluate } = await importPromptfoo(plan.stateDirectory);
  const indexOf = new Map(plan.questions.map(({ id, repeat }, index) => [`${id} ${repeat}`, index]));
  const answerTo = (vars: Record<string, unknown> | undefined): Promise<GradedAnswer> => {
    const answer = answers[indexOf.get(`${vars?.case} ${vars?.repeat}`) ?? -1];
    if (answer === undefined)
      throw new Error(`promptfoo asked for a case that was not planned: ${vars?.case}`);
    return answer.promise;
  };
  const { results } = await evaluate(
    {
      description: plan.prompt,
      prompts: ['{{case}}'],
      providers: [
        {
          id: () => plan.model,
          callApi: async (_prompt, context) => (await answerTo(context?.vars)).response,
        },
      ],
      tests: plan.questions.map(({ id, repeat }) => ({
        vars: { case: id, repeat },
        assert: [
          {
            type: 'javascript' as const,
            value: async (_output: string, { vars }) => (await answerTo(vars)).grade,
          },
        ],
      })),
      writeLatestResults: plan.isKept,
      sharing: false,
    },
    {
      maxConcurrency: plan.concurrency,
      cache: false,
      showProgressBar: false,
      abortSignal: cancelled.signal,
    },
  );
  // What is kept is in promptfoo's database and not in its results.
  if (!plan.isKept && results.length !== plan.questions.length && !cancelled.signal.aborted)
    throw new Error(`promptfoo evaluated ${results.length} of ${plan.questions.length} cases`);
}
