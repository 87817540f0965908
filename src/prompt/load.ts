import type { Problem } from '../errors/problem.ts';
import { fits, quote, violationsOf } from '../schema/check.ts';
import { PromptFrontMatter } from '../schema/prompt.ts';
import { readText } from '../suite/source-text.ts';
import { readYaml } from '../suite/yaml.ts';
import type { Task } from '../task/task.ts';

/** A prompt that has been checked. */
export interface Prompt {
  /** As shown to the user. */
  path: string;
  /** Hash of the file's text, byte order mark and CR apart. */
  sha256: string;
  /** The body, without blank lines around it. */
  system: string;
  settings: PromptFrontMatter;
}

const FRONT_MATTER = /^---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n|$)/;

/**
 * Reads a prompt: YAML between `---` lines, then the system text. `prompt` is null where anything is wrong.
 *
 * @param file as shown to the user
 * @param task decides whether the question may name `{window}`
 */
export function readPrompt(
  bytes: Uint8Array,
  file: string,
  task: Pick<Task, 'windows'>,
): { prompt: Prompt | null; problems: Problem[] } {
  const refuse = (line: number | null, what: string, mend: string) => ({ file, line, id: null, what, mend });
  const { value: source, problems: unreadable } = readText(bytes, file);
  if (source === null) return { prompt: null, problems: unreadable };
  const [front, settingsText = ''] = FRONT_MATTER.exec(source.text) ?? [];
  if (front === undefined) {
    const mend = 'Begin with a line ---, max_tokens and question, and another line ---';
    return { prompt: null, problems: [refuse(1, 'the prompt has no front matter', mend)] };
  }
  const system = source.text.slice(front.length).trim();
  const { value: yaml, problems } = readYaml(settingsText, file, 2);
  if (system === '') {
    const closing = front.trimEnd().split('\n').length;
    problems.push(refuse(closing, 'the prompt has no text', 'Write the system text below the front matter'));
  }
  if (yaml === null) return { prompt: null, problems };
  const settings = yaml.value ?? {};
  for (const { path, what, mend } of violationsOf(PromptFrontMatter, settings))
    problems.push(refuse(yaml.line(path), what, mend));
  for (const [what, mend] of placeholderFaults(settings, task))
    problems.push(refuse(yaml.line(['question']), what, mend));
  if (problems.length > 0 || !fits(PromptFrontMatter, settings)) return { prompt: null, problems };
  return { prompt: { path: file, sha256: source.sha256, system, settings }, problems };
}

function placeholderFaults(settings: unknown, task: Pick<Task, 'windows'>): [what: string, mend: string][] {
  const question: unknown = Object(settings).question;
  if (typeof question !== 'string') return [];
  const found = [...question.matchAll(/(?<!\{)\{+\s*[A-Za-z_][\w-]*\s*\}+/g)].map(
    ([placeholder]) => placeholder,
  );
  const unknown = new Set(found.filter((each) => each !== '{window}' || task.windows === null));
  return [...unknown].map((placeholder) => [
    `unknown placeholder ${quote(placeholder)} in question`,
    task.windows === null ? 'Remove it: the task has no windows' : 'Write {window}, or remove it',
  ]);
}
