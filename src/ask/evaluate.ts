import type { Case } from '../plan/case.ts';
import type { Answer } from '../schema/run-record.ts';
import { fieldAgrees, usableLabel } from '../task/agree.ts';
import type { Task } from '../task/task.ts';
import { importPromptfoo } from './promptfoo.ts';

/** One case to be asked once. */
export interface Question {
  case: Case;
  /** 0-based. */
  repeat: number;
}

export interface EvaluateOptions {
  task: Task;
  prompt: string;
  model: string;
  concurrency: number;
  stateDirectory: string;
  signal: AbortSignal;
}

/**
 * Runs questions through promptfoo's `evaluate`: our provider answers, an assertion per case names a
 * score for each field. promptfoo renders variables as templates and reads `file://` values, so it is
 * given case ids and never a conversation's text.
 */
export async function evaluateQuestions(
  questions: readonly Question[],
  answerQuestion: (question: Question) => Promise<Answer>,
  options: EvaluateOptions,
): Promise<void> {
  const { evaluate } = await importPromptfoo(options.stateDirectory);
  const byName = new Map(questions.map((question) => [`${question.case.id} ${question.repeat}`, question]));
  const answers = new Map<Question, Answer>();
  const find = (vars: Record<string, unknown> | undefined): Question => {
    const question = byName.get(`${vars?.case} ${vars?.repeat}`);
    if (question === undefined)
      throw new Error(`promptfoo asked for a case that was not planned: ${vars?.case}`);
    return question;
  };
  await evaluate(
    {
      description: options.prompt,
      prompts: ['{{case}}'],
      providers: [
        {
          id: () => options.model,
          callApi: async (_prompt, context) => {
            const question = find(context?.vars);
            const answer = await answerQuestion(question);
            answers.set(question, answer);
            return providerResponse(answer);
          },
        },
      ],
      tests: questions.map(({ case: { id }, repeat }) => ({
        vars: { case: id, repeat },
        assert: [
          {
            type: 'javascript' as const,
            value: (_output: string, { vars }) => {
              const question = find(vars);
              return grade(options.task, question.case, answers.get(question));
            },
          },
        ],
      })),
      writeLatestResults: false,
      sharing: false,
    },
    {
      maxConcurrency: options.concurrency,
      cache: false,
      showProgressBar: false,
      abortSignal: options.signal,
    },
  );
}

function providerResponse(answer: Answer) {
  const { input_tokens: prompt, output_tokens: completion, cost_usd: cost } = answer.usage;
  const response = {
    tokenUsage: { prompt, completion, total: prompt + completion, numRequests: 1 },
    latencyMs: answer.latency_ms,
    ...(cost === null ? {} : { cost }),
  };
  return answer.status === 'answered'
    ? { ...response, output: JSON.stringify(answer.label) }
    : { ...response, output: answer.status, isRefusal: answer.status === 'refused' };
}

function grade(task: Task, { expected }: Case, answer: Answer | undefined) {
  const given = answer === undefined ? null : usableLabel(answer);
  const agreements = Object.keys(task.fields)
    .map((field) => [field, fieldAgrees(task, field, expected, given)] as const)
    .filter(([, agrees]) => agrees !== null);
  const right = agreements.filter(([, agrees]) => agrees).length;
  const pass = given !== null && right === agreements.length;
  return {
    pass,
    score: agreements.length === 0 ? 1 : right / agreements.length,
    reason: pass ? 'every field as expected' : `expected ${JSON.stringify(expected)}`,
    namedScores: Object.fromEntries(agreements.map(([field, agrees]) => [field, Number(agrees)])),
  };
}
