import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { mendChoice, quote } from '../schema/check.ts';
import { KNOWN_ROLES, type Speaker } from './role.ts';

/** Keys from the record or the message inwards. */
export type KeyPath = readonly string[];

/** Where records of a format that is not known keep things; null where the known names do. */
export interface Mapping {
  /** From the record to its list of messages, or to a transcript. */
  messages: KeyPath | null;
  /** From the record to its id. */
  id: KeyPath | null;
  /** From a message to who speaks. */
  role: KeyPath | null;
  /** From a message to its text. */
  content: KeyPath | null;
  /** The words for speakers, in small letters: the known ones and those of the mapping. */
  roles: ReadonlyMap<string, Speaker>;
}

const PATHS = ['messages', 'id', 'role', 'content'] as const;
const SPEAKERS = ['user', 'assistant', 'skip'] as const;
const MEND = 'Write --map as in messages=turns,role=speaker,content=text,user=U,assistant=B,id=meta.uuid';

/**
 * Reads `--map`, such as `messages=turns,role=speaker,content=text,user=U,assistant=B,id=meta.uuid`. Each part may
 * be left out. `messages`, `id`, `role` and `content` are paths, nested ones with dots; `user`, `assistant` and
 * `skip` are words for speakers, several with `|`, capital letters or not; what `skip` names is left out, as
 * system messages are.
 *
 * @throws InputError for an unknown or empty part, one given twice and a word for two speakers; names them all
 */
export function parseMapping(text: string): Mapping {
  const faults: { what: string; mend: string }[] = [];
  const parts = new Map<string, string>();
  for (const part of text.split(',')) {
    const [name = '', ...rest] = part.split('=');
    const key = name.trim();
    const value = rest.join('=').trim();
    if (![...PATHS, ...SPEAKERS].some((known) => known === key))
      faults.push({ what: `unknown part ${quote(key)}`, mend: mendChoice(key, [...PATHS, ...SPEAKERS]) });
    else if (value === '' || value.split(/[.|]/).includes(''))
      faults.push({ what: `${key} has an empty name`, mend: MEND });
    else if (parts.has(key)) faults.push({ what: `${key} is given twice`, mend: MEND });
    else parts.set(key, value);
  }
  const own = new Map<string, Speaker>();
  for (const key of SPEAKERS) {
    for (const word of parts.get(key)?.toLowerCase().split('|') ?? []) {
      if (own.has(word)) faults.push({ what: `${quote(word)} stands for two speakers`, mend: MEND });
      own.set(word, key === 'skip' ? 'left out' : key);
    }
  }
  if (faults.length > 0) throw new InputError(faults.map(problem));
  const pathOf = (key: (typeof PATHS)[number]) => parts.get(key)?.split('.') ?? null;
  return {
    messages: pathOf('messages'),
    id: pathOf('id'),
    role: pathOf('role'),
    content: pathOf('content'),
    roles: new Map([...KNOWN_ROLES, ...own]),
  };
}

/** What lies at a path in a value that came from JSON; undefined where there is nothing. */
export function valueAt(value: unknown, keys: KeyPath): unknown {
  let inner = value;
  for (const key of keys) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    inner = Reflect.get(inner, key);
  }
  return inner;
}

function problem({ what, mend }: { what: string; mend: string }): Problem {
  return { file: '--map', line: null, id: null, what, mend };
}
