import type { Prompt } from '../prompt/load.ts';
import { type PlacedExample, placedExamples } from './placed-examples.ts';

/** A prompt and where its parts stand in its file. Offsets are those of `text`. */
export interface PromptSource {
  prompt: Prompt;
  /** All of the file, lines ended by LF. */
  text: string;
  /** Where the system text begins. */
  systemAt: number;
  /**
   * The question and the system text without its examples and its fenced code; all else is blanks, so that
   * offsets and lines stay those of the file.
   */
  instructions: string;
  examples: PlacedExample[];
  /** 1-based line of an offset. */
  lineAt(offset: number): number;
  /** 1-based line of a key of the front matter; 1 where it has none. */
  lineOf(setting: string): number;
}

const QUESTION = /^question:.*\n(?:[ \t].*\n|[ \t]*\n)*/m;
const FENCED = /^[ \t]*(```|~~~).*\n[\s\S]*?(?:^[ \t]*\1[ \t]*$|(?![\s\S]))/gm;

/** @param text the file that the prompt was read from, without a byte order mark, lines ended by LF */
export function promptSource(prompt: Prompt, text: string): PromptSource {
  const systemAt = text.trimEnd().length - prompt.system.length;
  const examples = placedExamples(text, systemAt);
  const front = text.slice(0, systemAt);
  const question = QUESTION.exec(front);
  let body = text.slice(systemAt);
  for (const { from, to } of examples)
    body = body.slice(0, from - systemAt) + blank(text.slice(from, to)) + body.slice(to - systemAt);
  const asked = question === null ? '' : question[0];
  const at = question?.index ?? 0;
  const instructions =
    blank(front.slice(0, at)) +
    asked +
    blank(front.slice(at + asked.length)) +
    body.replaceAll(FENCED, (fenced) => blank(fenced));
  const starts = lineStarts(text);
  const lineAt = (offset: number) => lineOfOffset(starts, offset);
  const lineOf = (setting: string) => {
    const found = front.split('\n').findIndex((line) => line.startsWith(`${setting}:`));
    return found === -1 ? 1 : found + 1;
  };
  return { prompt, text, systemAt, instructions, examples, lineAt, lineOf };
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

function lineOfOffset(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
