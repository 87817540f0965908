import { InputError } from '../errors/errors.ts';
import { mendChoice } from '../schema/check.ts';
import { DEFAULT_MODEL, suggestModel } from './anthropic/model-names.ts';

/** What `--model` asks for. */
export type ModelChoice =
  | { kind: 'embedded' }
  | { kind: 'anthropic'; name: string }
  /** Only what is recorded of a model; null where the recordings themselves say which. */
  | { kind: 'replay'; of: ModelChoice | null }
  | { kind: 'promptfoo'; provider: string };

/**
 * Reads `embedded`, `anthropic:<model>`, `replay`, `replay:<model>` or a provider string of promptfoo's, which
 * always has a colon. Throws InputError for anything else.
 */
export function readModelChoice(text: string): ModelChoice {
  if (text === 'embedded') return { kind: 'embedded' };
  if (text === 'replay') return { kind: 'replay', of: null };
  if (text === 'anthropic') return { kind: 'anthropic', name: DEFAULT_MODEL };
  const [prefix = '', ...rest] = text.split(':');
  const name = rest.join(':');
  if (prefix === 'replay' && name !== '') return { kind: 'replay', of: readModelChoice(name) };
  if (prefix === 'anthropic' && rest.length === 1)
    return { kind: 'anthropic', name: name === '' ? DEFAULT_MODEL : name };
  if (name !== '' && /^[a-z]/.test(prefix)) return { kind: 'promptfoo', provider: text };
  const mend = mendChoice(text, ['embedded', 'anthropic:<model>', 'replay', 'a provider of promptfoo']);
  throw new InputError([{ file: '--model', line: null, id: null, what: `no model "${text}"`, mend }]);
}

/** The id that answers, records and baselines of a model bear. */
export function modelIdOf(choice: Exclude<ModelChoice, { kind: 'replay' }>): string {
  if (choice.kind === 'embedded') return 'embedded';
  return choice.kind === 'anthropic' ? `anthropic:${choice.name}` : choice.provider;
}

/** A word of warning for a name that looks misspelt; names are passed on as they are. */
export function spellingNotice(choice: ModelChoice): string | null {
  const meant = choice.kind === 'anthropic' ? suggestModel(choice.name) : null;
  return meant === null ? null : `did you mean anthropic:${meant}?`;
}
