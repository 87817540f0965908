import path from 'node:path';
import { fingerprint } from '../../plan/fingerprint.ts';
import type { Message } from '../../schema/conversation.ts';
import { SAMPLE_VERSION, type SampleHeader, type SampleKey, type SampleLine } from '../../schema/sample.ts';
import type { Study } from '../../schema/study.ts';
import type { StudyRecord } from '../../schema/study-record.ts';
import { askedFields, type Task } from '../../task/task.ts';
import { cutConversation } from '../cut-conversation.ts';
import type { SampledRow } from '../results/sample-rows.ts';
import type { SampleAnswers } from './sample-answers.ts';

/** Bytes of a line without labels and notes; a line may have a million. */
const LONGEST_LINE = 900_000;

/** A sample that was drawn, and all that its files are made of. */
interface DrawnSample {
  record: Pick<StudyRecord, 'study' | 'model' | 'prompts' | 'corpus'>;
  tasks: readonly Task[];
  seed: number;
  /** In random order. */
  rows: readonly SampledRow[];
  answers: SampleAnswers;
  /** By id. */
  messages: ReadonlyMap<string, Message[]>;
}

/**
 * The suites that a sample is labelled for: the one that selects, and those of rates. Windows of conversations are not
 * asked about.
 */
export function labelledTasks({ select, rates = [] }: Study, tasks: readonly Task[]): Task[] {
  const names = new Set([select, ...rates].map(({ suite }) => suite));
  return [...names].flatMap(
    (name) => tasks.find((task) => task.name === name && task.windows === null) ?? [],
  );
}

/** `sample.jsonl` has `sample.key.json` beside it. */
export function keyFileOf(file: string): string {
  return path.join(path.dirname(file), `${path.basename(file, path.extname(file))}.key.json`);
}

/** The labelling file, which tells nothing of the answers, and its key, which does. */
export function sampleFiles(drawn: DrawnSample): { labelling: string; key: string } {
  const { record, seed, rows, answers, messages } = drawn;
  const { study, model } = record;
  const tasks = labelledTasks(study, drawn.tasks);
  const prompts = Object.fromEntries(
    Object.entries(record.prompts).map(([name, { sha256 }]) => [name, sha256]),
  );
  const content = { study: study.name, model, prompts, ...answers };
  const sample = fingerprint(content).slice(0, 16);
  const header: SampleHeader = {
    touchstone: 'sample',
    version: SAMPLE_VERSION,
    ...{ study: study.name, model, seed, conversations: rows.length, sample },
    fields: Object.fromEntries(
      tasks.map((task) => [task.name, Object.fromEntries(askedFields(task))] as const),
    ),
  };
  const key: SampleKey = {
    touchstone: 'sample-key',
    version: SAMPLE_VERSION,
    ...{ sample, study: study.name, model, prompts, corpus: record.corpus.conversations },
    strata: answers.strata,
    conversations: answers.answers,
  };
  const lines = rows.map((row) => lineOf(row, messages.get(row.conversation) ?? [], tasks, study.longest));
  return {
    labelling: [JSON.stringify(header), ...lines].map((line) => `${line}\n`).join(''),
    key: `${JSON.stringify(key, null, 2)}\n`,
  };
}

function lineOf(
  { conversation, file, line }: SampledRow,
  messages: Message[],
  tasks: readonly Task[],
  longest = LONGEST_LINE,
): string {
  const labels = Object.fromEntries(
    tasks.map((task) => [task.name, Object.fromEntries(askedFields(task).map(([name]) => [name, null]))]),
  );
  for (let most = longest; ; most = Math.floor(most / 2)) {
    const shown = cutConversation(messages, most).messages;
    const text = JSON.stringify({
      ...{ id: conversation, file, line, messages: shown },
      ...{ labels, unsure: false, note: null },
    } satisfies SampleLine);
    if (Buffer.byteLength(text) <= LONGEST_LINE || most < 100) return text;
  }
}
