import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { InputError } from '../../errors/errors.ts';

const NAME = 'ANTHROPIC_API_KEY';

/**
 * The key for the API: from the environment, else from `.env` in the project's root. It is never printed.
 *
 * @throws InputError where there is none, or where it holds what no key can hold
 */
export function readApiKey(env: Readonly<Record<string, string | undefined>>, root: string): string {
  const fromEnv = env[NAME]?.trim() ?? '';
  const key = fromEnv === '' ? (readEnvFile(path.join(root, '.env'))[NAME]?.trim() ?? '') : fromEnv;
  const file = fromEnv === '' ? '.env' : NAME;
  if (key === '') {
    const mend = `Set ${NAME}, or write ${NAME}=… into .env (kept out of git), or use --model embedded`;
    throw new InputError([{ file: NAME, line: null, id: null, what: 'no key for the API', mend }]);
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    const what = `${NAME} holds a space, a line break or a character beyond ASCII`;
    throw new InputError([{ file, line: null, id: null, what, mend: 'Copy the key once more' }]);
  }
  return key;
}

/** Whether there is a key, sound or not. */
export function hasApiKey(env: Readonly<Record<string, string | undefined>>, root: string): boolean {
  return [env[NAME], readEnvFile(path.join(root, '.env'))[NAME]].some((key) => (key?.trim() ?? '') !== '');
}

function readEnvFile(file: string): NodeJS.Dict<string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  return parseEnv(text);
}
