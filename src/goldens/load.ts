import { existsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import type { Conversation } from '../schema/conversation.ts';
import type { Label } from '../schema/run-record.ts';
import type { Task } from '../task/task.ts';
import { type Conversations, parseConversations } from './conversations.ts';
import { readFileBytes } from './file-bytes.ts';
import type { VotedCase } from './golden-lines.ts';
import { parseLabels } from './labels.ts';
import { type OpenLabelsRead, readOpenLabels } from './open-labels.ts';

/** What is expected of a conversation, or of a window of it. */
export interface GoldenLabel extends VotedCase {
  /** A value for every field that annotators label; sets in the suite's order. */
  label: Label;
  /** Whether somebody decided it whatever the votes say. */
  adjudicated: boolean;
  note: string | null;
  /** 1-based line of the labels file. */
  line: number;
}

/** Conversations and what is expected of each, for one task. */
export interface Goldens {
  /** As shown to the user. */
  directory: string;
  conversations: Map<string, Conversation>;
  /** In the order of the file. */
  labels: GoldenLabel[];
  /**
   * Hash of what a run depends on: conversations and expected values, whatever their order. Votes and notes
   * do not count.
   */
  sha256: string;
}

/** What reading `conversations.jsonl` gave; `value` is null where the file could not be read at all. */
export interface ConversationsRead {
  value: Conversations | null;
  problems: Problem[];
}

export interface ReadGoldensOptions {
  /** Conversations that were read before, so that suites can share them; their problems are not said again. */
  conversations?: ConversationsRead;
  /** How a path is shown to the user; as it is where absent. */
  shown?: (file: string) => string;
}

/** Reads `<directory>/conversations.jsonl`. */
export function readConversations(directory: string, shown = (file: string) => file): ConversationsRead {
  const file = path.join(directory, 'conversations.jsonl');
  const { value: bytes, problems } = readFileBytes(file, shown(file));
  return bytes === null ? { value: null, problems } : parseConversations(bytes, shown(file));
}

/**
 * Reads the conversations and `<directory>/labels/<labelsName>.jsonl` for a task, which has a line for every case
 * that `<directory>/open/<labelsName>.jsonl` does not name. `goldens` is null where anything is wrong. While there
 * are open cases, there may be no label at all.
 */
export function readGoldens(
  directory: string,
  task: Task,
  labelsName: string,
  { conversations: shared, shown = (file) => file }: ReadGoldensOptions = {},
): { goldens: Goldens | null; problems: Problem[] } {
  const { value: conversations, problems } = shared ?? readConversations(directory, shown);
  const file = path.join(directory, 'labels', `${labelsName}.jsonl`);
  const open = readOpenLabels(directory, task, labelsName, conversations, shown);
  const bytes = readLabelBytes(file, open, shown);
  const labels =
    bytes.value === null
      ? { value: [], problems: bytes.problems }
      : parseLabels(bytes.value, shown(file), task, conversations, open.spoken);
  const faults = [...open.problems, ...labels.problems];
  const sound = problems.length + faults.length === 0 && conversations !== null;
  return {
    goldens: sound ? assembleGoldens(shown(directory), conversations, labels.value) : null,
    problems: [...(shared === undefined ? problems : []), ...faults],
  };
}

/** A labels file need not be there while open cases wait for their labels. */
function readLabelBytes(file: string, open: OpenLabelsRead, shown: (file: string) => string) {
  const isOpen = open.value.length + open.problems.length > 0;
  if (isOpen && !existsSync(file)) return { value: new Uint8Array(), problems: [] };
  return readFileBytes(file, shown(file));
}

/** The goldens of one task. Throws InputError with every problem of both files. */
export function loadGoldens(directory: string, task: Task, labelsName: string): Goldens {
  const { goldens, problems } = readGoldens(directory, task, labelsName);
  if (goldens === null) throw new InputError(problems);
  return goldens;
}

function assembleGoldens(directory: string, conversations: Conversations, labels: GoldenLabel[]): Goldens {
  const values = labels.map(({ id, window, label }) => [id, window ?? '', label] as const);
  values.sort(([a, windowA], [b, windowB]) => {
    if (a !== b) return a < b ? -1 : 1;
    return windowA < windowB ? -1 : 1;
  });
  return {
    directory,
    conversations: conversations.byId,
    labels,
    sha256: fingerprint([conversations.sha256, values]),
  };
}
