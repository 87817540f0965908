import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CorpusPosition } from '../../corpus/corpus-record.ts';
import { type CorpusFile, findCorpusFiles } from '../../corpus/find-files.ts';
import { parseMapping } from '../../corpus/mapping.ts';
import { readCorpus } from '../../corpus/read-corpus.ts';
import { InputError } from '../../errors/errors.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Message } from '../../schema/conversation.ts';
import type { StudyRecord } from '../../schema/study-record.ts';

/** A conversation that a study has read, and where. */
interface Place extends CorpusPosition {
  conversation: string;
}

/** A conversation that was found again. */
export interface FoundConversation {
  id: string;
  messages: Message[];
}

/**
 * Reads some conversations of a study's corpus again, each file only as far as it must be, and gives them in batches
 * as they stand there.
 *
 * @param root of the project, from which the files' paths start
 * @throws InputError when a file is gone or is not what the study has read; names them all
 */
export async function* readAgain(
  places: readonly Place[],
  { files, mapping: map }: Pick<StudyRecord['corpus'], 'files' | 'mapping'>,
  root: string,
): AsyncGenerator<FoundConversation[]> {
  const byFile = Map.groupBy(places, ({ file }) => file);
  const problems: Problem[] = [];
  const corpus: { name: string; file: CorpusFile }[] = [];
  for (const name of byFile.keys()) {
    const found = fileAsItWas(name, files, root);
    if ('file' in found) corpus.push({ name, file: found.file });
    else problems.push(...found.problems);
  }
  if (problems.length > 0) throw new InputError(problems);

  const mapping = map === undefined ? null : parseMapping(map);
  for (const { name, file } of corpus) {
    const wanted = new Map(byFile.get(name)?.map(({ line, conversation }) => [line, conversation]));
    for await (const batch of readCorpus([file], { mapping })) {
      const found: FoundConversation[] = [];
      for (const record of batch) {
        if (record.kind === 'bad') continue;
        const { id, messages, position } = record.conversation;
        if (wanted.get(position.line) !== id) continue;
        found.push({ id, messages });
        wanted.delete(position.line);
      }
      if (found.length > 0) yield found;
      if (wanted.size === 0) break;
    }
    for (const [line, id] of wanted) problems.push(notThere(name, line, id));
  }
  if (problems.length > 0) throw new InputError(problems);
}

/** Reads few conversations of a study's corpus again, by id, as `readAgain` does. */
export async function findConversations(
  places: readonly Place[],
  corpus: Pick<StudyRecord['corpus'], 'files' | 'mapping'>,
  root: string,
): Promise<Map<string, Message[]>> {
  const conversations = new Map<string, Message[]>();
  for await (const found of readAgain(places, corpus, root))
    for (const { id, messages } of found) conversations.set(id, messages);
  return conversations;
}

function fileAsItWas(
  name: string,
  files: StudyRecord['corpus']['files'],
  root: string,
): { file: CorpusFile } | { problems: Problem[] } {
  const refuse = (what: string, mend: string) => ({
    problems: [{ file: name, line: null, id: null, what, mend }],
  });
  // A name with the characters of a pattern is that of one file all the same.
  if (!existsSync(path.resolve(root, name)))
    return refuse('the study has read this file, and it is not here', 'Put it back, or run the study again');
  try {
    const [file] = findCorpusFiles(name, root);
    const bytes = files.find((each) => each.path === name)?.bytes;
    if (file !== undefined && file.bytes === bytes) return { file };
    return refuse('the file has changed since the study has read it', 'Restore it, or run the study again');
  } catch (error) {
    if (error instanceof InputError) return { problems: [...error.problems] };
    throw error;
  }
}

function notThere(file: string, line: number, id: string): Problem {
  return {
    ...{ file, line, id, what: 'is not the conversation that the study has read here' },
    mend: 'Restore the file, or run the study again',
  };
}
