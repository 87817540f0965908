import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Passage } from '../duplicates/find-leaks.ts';
import type { Problem } from '../errors/problem.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import { readText } from '../suite/source-text.ts';

/**
 * The files of a project's prompts: those that its suites name, and whatever else is Markdown beside them.
 *
 * @param prompts absolute paths that the suites name; those that do not exist are left out
 */
export function promptFiles(prompts: readonly string[]): string[] {
  const folders = new Set(prompts.map((file) => path.dirname(file)));
  const found = [...folders].flatMap((folder) => {
    try {
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      return names.filter((name) => name.endsWith('.md')).map((name) => path.join(folder, name));
    } catch {
      return [];
    }
  });
  return [...new Set(found)].sort();
}

/** A list item, or what stands in a tag, as the messages of an example do. */
const BEGINS = /^\s*(?:[-*+]\s|\d+[.)]\s|<[a-z])/i;

/**
 * The passages of a prompt's file: each paragraph, list item or tag's content with its line, and the file as a whole.
 */
export function readPassages(file: string, shownAs: string): { passages: Passage[]; problems: Problem[] } {
  const { value: bytes, problems } = readFileBytes(file, shownAs);
  if (bytes === null) return { passages: [], problems };
  const { value: source, problems: unreadable } = readText(bytes, shownAs);
  if (source === null) return { passages: [], problems: unreadable };
  return { passages: [...blocksOf(source.text, shownAs), { where: shownAs, text: source.text }], problems };
}

function blocksOf(text: string, file: string): Passage[] {
  const blocks: Passage[] = [];
  let isOpen = false;
  for (const [index, line] of text.split('\n').entries()) {
    const isBlank = line.trim() === '';
    const begins = !isOpen || BEGINS.test(line);
    const last = blocks.at(-1);
    if (isBlank) isOpen = false;
    else if (begins || last === undefined) {
      blocks.push({ where: `${file}:${index + 1}`, text: line });
      isOpen = true;
    } else last.text += `\n${line}`;
  }
  return blocks;
}
