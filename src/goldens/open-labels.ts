import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../errors/problem.ts';
import { openLineSchema } from '../schema/open-label.ts';
import { askedFields, type Task } from '../task/task.ts';
import type { Conversations } from './conversations.ts';
import { readFileBytes } from './file-bytes.ts';
import {
  NOTHING,
  readGoldenLines,
  type SpokenOf,
  type Vote,
  type VotedCase,
  type VoteLine,
  votesOf,
} from './golden-lines.ts';

/** A case whose label is not settled yet: a line of `open/<labels>.jsonl`. */
export interface OpenLabel extends VotedCase {
  /** 1-based. */
  line: number;
}

/** What reading an `open/<labels>.jsonl` gave. */
export interface OpenLabelsRead {
  /** The sound lines, in the order of the file, also those of cases that have a label by now. */
  value: OpenLabel[];
  problems: Problem[];
  /** Of which cases there is a line, sound or not. */
  spoken: SpokenOf;
}

/**
 * Reads open lines, checked as label lines are: the sound ones, and a problem for everything that is wrong. A file
 * without a line is sound. Without conversations (null) nothing is compared with them.
 */
export function parseOpenLabels(
  bytes: Uint8Array,
  file: string,
  task: Task,
  conversations: Conversations | null,
): OpenLabelsRead {
  const { value, problems, spoken } = readGoldenLines(bytes, file, task, conversations, {
    schema: openLineSchema(task),
    already: 'open already',
    read: (json, line): OpenLabel => {
      const { id, window, votes } = json as { id: string; window?: string; votes?: VoteLine[] };
      return { id, window: window ?? null, votes: votesOf(task, votes), line };
    },
    faultsOf: () => [],
  });
  return { value, problems, spoken };
}

/** Where the open lines of a labels file lie. */
export function openLabelsFile(directory: string, labelsName: string): string {
  return path.join(directory, 'open', `${labelsName}.jsonl`);
}

/** Reads `<directory>/open/<labelsName>.jsonl`; no line where there is no such file. */
export function readOpenLabels(
  directory: string,
  task: Task,
  labelsName: string,
  conversations: Conversations | null,
  shown = (file: string) => file,
): OpenLabelsRead {
  const file = openLabelsFile(directory, labelsName);
  if (!existsSync(file)) return { value: [], problems: [], spoken: NOTHING };
  const bytes = readFileBytes(file, shown(file));
  if (bytes.value === null) return { value: [], problems: bytes.problems, spoken: NOTHING };
  return parseOpenLabels(bytes.value, shown(file), task, conversations);
}

/** The text of an open line, with its line feed. */
export function openLine(task: Task, { id, window, votes }: VotedCase): string {
  const line = {
    id,
    ...(window === null ? {} : { window }),
    ...(votes.length === 0 ? {} : { votes: votes.map((vote) => voteOf(task, vote)) }),
  };
  return `${JSON.stringify(line)}\n`;
}

/** A vote as a line writes it. */
export function voteOf(
  task: Pick<Task, 'fields'>,
  { by, label, unsure, note }: Vote,
): Record<string, unknown> {
  return {
    by,
    ...Object.fromEntries(askedFields(task).map(([name]) => [name, label[name] ?? null])),
    ...(unsure ? { unsure } : {}),
    ...(note === undefined ? {} : { note }),
  };
}
