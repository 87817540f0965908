import { createReadStream } from 'node:fs';
import { lineSplitter, type RawLine } from '../corpus/split-lines.ts';
import { IncompleteRunError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { checkConversation, emptyProblem } from '../goldens/conversations.ts';
import { encodingProblem, readJsonLine } from '../goldens/jsonl.ts';
import type { Conversation } from '../schema/conversation.ts';

const CHUNK_BYTES = 1024 * 1024;

/** What a file of conversations holds beside the conversations, complete once all are read. */
export interface StreamedLines {
  problems: Problem[];
  /** Every id that the file names and its first line. */
  lines: Map<string, number>;
}

/**
 * The sound conversations of a file, some at a time, without holding the file in memory; what
 * `parseConversations` finds wrong goes to `read`.
 *
 * @param shownAs the file, as shown to the user
 * @throws IncompleteRunError when the disk fails on the way
 */
export async function* streamConversations(
  file: string,
  shownAs: string,
  { problems, lines }: StreamedLines,
): AsyncGenerator<Conversation[]> {
  const splitter = lineSplitter();
  let isFirst = true;
  let count = 0;
  const read = (raws: readonly RawLine[]) => {
    const sound = raws.flatMap((raw) => readLine(raw, shownAs, { problems, lines }) ?? []);
    count += raws.length;
    return sound;
  };
  for await (const chunk of chunksOf(file, shownAs)) {
    const wrong = isFirst ? encodingProblem(chunk, shownAs) : null;
    isFirst = false;
    if (wrong !== null) {
      problems.push(wrong);
      return;
    }
    splitter.push(chunk);
    yield read(splitter.take());
  }
  splitter.end();
  yield read(splitter.take());
  if (count === 0) problems.push(emptyProblem(shownAs));
}

function readLine(raw: RawLine, file: string, { problems, lines }: StreamedLines): Conversation | null {
  if (raw.kind === 'fault') {
    problems.push({ file, line: raw.line, id: null, what: raw.what, mend: 'Keep each line under 1 MB' });
    return null;
  }
  const { value, problem } = readJsonLine(raw.bytes, raw.line, file);
  if (problem !== null) {
    problems.push(problem);
    if (problem.id !== null && !lines.has(problem.id)) lines.set(problem.id, raw.line);
  }
  return value === null ? null : checkConversation(value, file, lines, problems);
}

async function* chunksOf(file: string, shownAs: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    const mend = 'Check the disk, then type the same command again';
    throw new IncompleteRunError(`${shownAs} could not be read to its end${code}`, mend);
  }
}
