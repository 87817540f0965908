import type { Baseline } from '../baseline/baseline.ts';
import type { BaselineAnswer, BaselineCase } from '../schema/baseline.ts';
import type { Answer, RunRecord } from '../schema/run-record.ts';

/** The answers of a model to a suite's cases, wherever they are recorded: in a run record or in a baseline. */
export interface RecordedAnswers {
  /** Where they come from, as shown to the user. */
  shown: string;
  suite: string;
  model: string;
  /** SHA-256 of the prompt. */
  prompt: string;
  repeats: number;
  fields: RunRecord['suite']['fields'];
  /** By case id. */
  cases: ReadonlyMap<string, BaselineCase>;
}

export function answersOfRun(run: RunRecord, shown: string): RecordedAnswers {
  const cases = run.cases.map(({ id, text, request, answers }): [string, BaselineCase] => [
    id,
    { id, text, request, answers: answers.map(withoutText) },
  ]);
  return {
    shown,
    suite: run.suite.name,
    model: run.model,
    prompt: run.prompt.sha256,
    repeats: run.repeats,
    fields: run.suite.fields,
    cases: new Map(cases),
  };
}

export function answersOfBaseline({ path, header, cases }: Baseline): RecordedAnswers {
  const { suite, model, prompt, repeats, fields } = header;
  return { shown: path, suite, model, prompt, repeats, fields, cases };
}

function withoutText(answer: Answer): BaselineAnswer {
  return answer.status === 'answered'
    ? { status: answer.status, label: answer.label }
    : { status: answer.status };
}
