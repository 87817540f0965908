import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../errors/errors.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import { type Prompt, readPrompt } from '../prompt/load.ts';

const SHIPPED = fileURLToPath(new URL('../../prompts/concerns', import.meta.url));

/** The prompts that have a model summarise a conversation, and name a group of summaries. */
export interface ConcernPrompts {
  summary: Prompt;
  groupName: Prompt;
}

/** The project's own `prompts/concerns/`, or those that are shipped. Throws InputError for every problem in them. */
export function loadConcernPrompts(root: string): ConcernPrompts {
  const own = path.join(root, 'prompts', 'concerns');
  const folder = existsSync(own) ? own : SHIPPED;
  const [summary, groupName] = ['summary.md', 'group-name.md'].map((name) => {
    const file = path.join(folder, name);
    const { value, problems } = readFileBytes(file, file);
    return value === null ? { prompt: null, problems } : readPrompt(value, file, { windows: null });
  });
  if (summary?.prompt == null || groupName?.prompt == null)
    throw new InputError([...(summary?.problems ?? []), ...(groupName?.problems ?? [])]);
  return { summary: summary.prompt, groupName: groupName.prompt };
}
