import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import { type ModelChoice, modelIdOf, readModelChoice } from '../model/model-choice.ts';
import type { Project } from './project.ts';

/**
 * Whose recordings a replay is of: the model named, or the only one that has a baseline.
 *
 * @throws InputError where none has, or several have and none was named
 */
export function replayedChoice(
  { of }: Extract<ModelChoice, { kind: 'replay' }>,
  project: Project,
): Exclude<ModelChoice, { kind: 'replay' }> {
  const models = of === null ? recordedModels(project) : [];
  const [only] = models;
  const choice = of ?? (models.length === 1 && only !== undefined ? readModelChoice(only) : null);
  if (choice !== null && choice.kind !== 'replay') return choice;
  const what = models.length === 0 ? 'no model has a baseline here' : 'several models have a baseline here';
  const mend =
    models.length === 0
      ? 'Run and accept one first'
      : `Say which: ${models.map((model) => `replay:${model}`).join(', ')}`;
  throw new InputError([{ file: '--model replay', line: null, id: null, what, mend }]);
}

function recordedModels({ baselines }: Project): string[] {
  let names: string[];
  try {
    names = readdirSync(baselines).filter((name) => name.endsWith('.jsonl'));
  } catch {
    return [];
  }
  const models = names.flatMap((name) => {
    const [header = ''] = readFileSync(path.join(baselines, name), 'utf8').split('\n', 1);
    const model = /"model":("(?:[^"\\]|\\.)*")/.exec(header)?.[1];
    return model === undefined ? [] : [String(JSON.parse(model))];
  });
  return [...new Set(models)].sort();
}

/** The id behind `--model`, recordings of it included; for commands that ask nothing. */
export function modelIdFrom(text: string, project: Project): string {
  const choice = readModelChoice(text);
  return modelIdOf(choice.kind === 'replay' ? replayedChoice(choice, project) : choice);
}
