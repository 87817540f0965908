import { nearest } from '../schema/check.ts';
import { askedFields, classesOf, type Task } from '../task/task.ts';

/** What a word in a prompt is to the task. */
export type NameReading =
  | { kind: 'known' }
  /** A name of the task in another spelling: case, blanks, dashes. */
  | { kind: 'misspelt'; name: string }
  /** A few letters away from a name of the task. */
  | { kind: 'near'; name: string }
  | { kind: 'unknown' };

/** Words of a rendered conversation and of JSON, which any prompt may speak of. */
const COMMON = [
  ...['user', 'assistant', 'system', 'role', 'message', 'number', 'window', 'conversation'],
  ...['true', 'false', 'null', 'json', 'yes', 'no'],
];

/** Labels of the fields that the model is asked for, each once. */
export function labelsOf(task: Pick<Task, 'fields'>): string[] {
  return [...new Set(askedFields(task).flatMap(([, field]) => classesOf(field)))];
}

/** Reads the words of a prompt as names of the task's labels, fields and windows. */
export class KnownNames {
  readonly #names: string[];
  readonly #other: ReadonlySet<string>;

  /** @param also further words that the prompt explains by itself, such as the tags it writes */
  constructor(task: Task, also: Iterable<string>) {
    this.#names = [...Object.keys(task.fields), ...labelsOf(task), ...Object.keys(task.windows ?? {})];
    this.#other = new Set([...COMMON, ...Array.from(also, (word) => word.toLowerCase())]);
  }

  read(word: string): NameReading {
    if (this.#names.includes(word) || this.#other.has(word.toLowerCase())) return { kind: 'known' };
    const plain = plainName(word);
    const same = this.#names.find((name) => plainName(name) === plain);
    if (same !== undefined) return { kind: 'misspelt', name: same };
    const near = nearest(word, this.#names);
    return near === null ? { kind: 'unknown' } : { kind: 'near', name: near };
  }
}

function plainName(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');
}
