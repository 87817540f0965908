import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beginEvaluation } from '../ask/evaluate.ts';
import type { RunRecord } from '../schema/run-record.ts';

/**
 * Puts a run where promptfoo's viewer finds it, with a score per field; once, however often it is viewed.
 *
 * @param name what tells the run apart, such as its file's name
 * @param stateDirectory where promptfoo keeps its database
 */
export async function keepRun(run: RunRecord, name: string, stateDirectory: string): Promise<void> {
  const seen = path.join(stateDirectory, 'viewed-runs.txt');
  if (existsSync(seen) && readFileSync(seen, 'utf8').split('\n').includes(name)) return;
  const questions = run.cases.flatMap((each) =>
    each.answers.map((answer, repeat) => ({ case: each, repeat, answer })),
  );
  const evaluation = beginEvaluation(questions, {
    task: { name: run.suite.name, fields: run.suite.fields, windows: run.suite.windows },
    prompt: `${run.suite.name}, ${run.model}, ${run.started_at}`,
    model: run.model,
    concurrency: 32,
    stateDirectory,
    isKept: true,
  });
  for (const question of questions) evaluation.add(question, question.answer);
  await evaluation.finish();
  appendFileSync(seen, `${name}\n`, { mode: 0o600 });
}
