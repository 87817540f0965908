import {
  BASELINE_VERSION,
  type BaselineAnswer,
  type BaselineCase,
  type BaselineHeader,
} from '../schema/baseline.ts';
import type { Answer, RunRecord } from '../schema/run-record.ts';

/** A run somebody accepted: what every later run of the suite with this model is compared with. */
export interface Baseline {
  /** As shown to the user. */
  path: string;
  header: BaselineHeader;
  /** By case id. */
  cases: ReadonlyMap<string, BaselineCase>;
}

/** `<suite>.<model>.jsonl`, whatever characters the model's name has. */
export function baselineFileName(suite: string, model: string): string {
  return `${suite}.${model.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}.jsonl`;
}

/**
 * The baseline that accepting a run makes: a header, then a line a case, sorted by id. It holds no
 * text, time or cost, so accepting the same answers again changes no byte.
 */
export function baselineText(run: RunRecord): string {
  const header: BaselineHeader = {
    touchstone: 'baseline',
    version: BASELINE_VERSION,
    suite: run.suite.name,
    model: run.model,
    prompt: run.prompt.sha256,
    repeats: run.repeats,
    cases: run.cases.length,
    fields: run.suite.fields,
  };
  const cases = run.cases
    .map(
      ({ id, text, request, answers }): BaselineCase => ({
        id,
        text,
        request,
        answers: answers.map(acceptedAnswer),
      }),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return [header, ...cases].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function acceptedAnswer(answer: Answer): BaselineAnswer {
  return answer.status === 'answered'
    ? { status: answer.status, label: answer.label }
    : { status: answer.status };
}
