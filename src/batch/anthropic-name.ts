import { InputError } from '../errors/errors.ts';
import { DEFAULT_MODEL } from '../model/anthropic/model-names.ts';
import { readModelChoice } from '../model/model-choice.ts';
import { quote } from '../schema/check.ts';

/**
 * The API's name of the model that `--model` means: `claude-haiku-5-5` for `anthropic:claude-haiku-5-5`.
 *
 * @throws InputError for a model that is not Anthropic's: only those take batches
 */
export function anthropicName(model: string): string {
  const choice = readModelChoice(model);
  if (choice.kind === 'anthropic') return choice.name;
  const what = `batches are Anthropic's, and ${quote(model)} is not`;
  const mend = `Give --model anthropic:${DEFAULT_MODEL}`;
  throw new InputError([{ file: '--model', line: null, id: null, what, mend }]);
}
