import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { parseConversations } from '../goldens/conversations.ts';
import { keyOf } from '../goldens/golden-lines.ts';
import { openLabelsFile, parseOpenLabels } from '../goldens/open-labels.ts';
import { casesOf } from '../goldens/window.ts';
import { bytesOf } from '../labelling/replace-file.ts';
import type { FileChange } from '../review/write-together.ts';
import type { Conversation } from '../schema/conversation.ts';
import type { LoadedSuite } from '../suite/load.ts';
import type { Task } from '../task/task.ts';
import { appendLines } from './append-lines.ts';
import type { Added } from './plan-add.ts';

/** Goldens as they are before an addition. */
export interface GoldenFolder {
  file: string;
  text: string;
  conversations: ReadonlyMap<string, Conversation>;
  open: OpenFile[];
  /** Ids without a conversation that votes stand under already. */
  voted: Set<string>;
}

interface OpenFile {
  file: string;
  text: string;
  /** Of all suites that share the labels. */
  tasks: Task[];
  /** By `keyOf`. */
  cases: Set<string>;
}

/**
 * Reads the conversations, none where there is no file yet, and the open lines of every suite.
 *
 * @throws InputError with everything that is wrong in them
 */
export function readGoldenFolder(
  directory: string,
  suites: readonly LoadedSuite[],
  shown: (file: string) => string,
): GoldenFolder {
  const file = path.join(directory, 'conversations.jsonl');
  const { text, bytes } = read(file);
  const isEmpty = text.trim() === '';
  const { value, problems: faults } = parseConversations(bytes, shown(file));
  const problems: Problem[] = isEmpty ? [] : [...faults];
  const voted = new Set<string>();
  const open = [...Map.groupBy(suites, ({ labels }) => labels)].flatMap(([labels, sharing]): OpenFile[] => {
    const [first] = sharing;
    if (first === undefined) return [];
    const place = openLabelsFile(directory, labels);
    const own = read(place);
    const lines = parseOpenLabels(own.bytes, shown(place), first.task, null);
    problems.push(...lines.problems);
    for (const { id, votes } of lines.value) if (votes.length > 0) voted.add(id);
    const cases = new Set(lines.value.map(({ id, window }) => keyOf(id, window)));
    return [{ file: place, text: own.text, tasks: sharing.map(({ task }) => task), cases }];
  });
  if (problems.length > 0) throw new InputError(problems);
  return { file, text, conversations: value.byId, open, voted };
}

/**
 * The files with new conversations, and an open line for each case that these bring. The conversations come last:
 * where a writer is killed between two files, the same command gives the same ids and completes them.
 */
export function changesFor({ file, text, open }: GoldenFolder, added: readonly Added[]): FileChange[] {
  const changes = open.map((each) => {
    const lines = added.flatMap(({ conversation }) =>
      [...new Set(each.tasks.flatMap((task) => casesOf(task, conversation)))]
        .filter((window) => !each.cases.has(keyOf(conversation.id, window)))
        .map((window) => ({ id: conversation.id, ...(window === null ? {} : { window }) })),
    );
    return { file: each.file, before: each.text, after: appendLines(each.text, lines) };
  });
  const lines = added.map(({ conversation }) => ({ ...conversation }));
  const all = [...changes, { file, before: text, after: appendLines(text, lines) }];
  return all.filter(({ before, after }) => before !== after);
}

function read(file: string): { text: string; bytes: Uint8Array } {
  const bytes = bytesOf(file) ?? Buffer.alloc(0);
  return { text: bytes.toString('utf8'), bytes };
}
