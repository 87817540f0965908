import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Chalk } from 'chalk';
import type { Terminal } from '../src/cli/terminal.ts';
import { NO_USAGE } from '../src/model/model.ts';
import { projectAt } from '../src/project/project.ts';
import type { Message } from '../src/schema/conversation.ts';
import type { Answer, Label } from '../src/schema/run-record.ts';
import type { StudyRecord } from '../src/schema/study-record.ts';
import { countHuman, leaves } from '../src/study/funnel.ts';
import { loadStudy } from '../src/study/load-study.ts';
import { studyRecordFile } from '../src/study/record-files.ts';
import { countResults } from '../src/study/results/count-results.ts';
import { openResults } from '../src/study/results/open-results.ts';
import { buildStudyRecord } from '../src/study/study-record.ts';
import { copyShippedProject, REPOSITORY } from './workspace.ts';

/** What a model says of a conversation; null where it has no usable answer. */
interface Said {
  primary: string | null;
  /** The primary label where absent. */
  topics?: string[];
  pushback?: boolean;
  /** Opening and closing. */
  sentiment?: [string, string];
}

/** A conversation of a corpus and what is said of it. */
export interface Told extends Said {
  id: string;
  humanMessages?: number;
}

/** A copy of the shipped project with its study, and `corpus.jsonl` with these conversations. */
export function studyProject(conversations: readonly Told[]): string {
  const root = copyShippedProject();
  cpSync(path.join(REPOSITORY, 'studies'), path.join(root, 'studies'), { recursive: true });
  const lines = conversations.map(
    (each) => `${JSON.stringify({ id: each.id, messages: messagesOf(each) })}\n`,
  );
  writeFileSync(path.join(root, 'corpus.jsonl'), lines.join(''));
  return root;
}

/** Writes the folder that a run of the study over the corpus leaves, with these answers. */
export async function writeStudy(
  root: string,
  name: string,
  conversations: readonly Told[],
  change: (record: StudyRecord) => StudyRecord = (record) => record,
): Promise<string> {
  const folder = path.join(root, name);
  mkdirSync(folder);
  const { suites, studies } = projectAt(root);
  const { study: loaded } = loadStudy('affective-use', { root, suites, studies: studies.definitions });
  if (loaded === null) throw new Error('the shipped study is not in order');
  const tasks = [...loaded.suites.values()].map(({ suite }) => suite.task);
  const writer = await openResults(folder, loaded.study, tasks);
  await writer.add(
    conversations.map((each, index) => {
      const answer = selectAnswer(each);
      const humanMessages = countHuman(messagesOf(each));
      const left = leaves(loaded.study, answer, humanMessages);
      const place = { conversation: each.id, file: 'corpus.jsonl', line: index + 1 };
      const further = left === null ? furtherAnswers(each) : [];
      return { ...place, humanMessages, cut: false, answer, left, further };
    }),
  );
  await writer.finish();
  const file = path.join(root, 'corpus.jsonl');
  const record = buildStudyRecord(
    loaded,
    {
      model: 'embedded',
      files: [{ path: 'corpus.jsonl', bytes: statSync(file).size }],
      mapping: null,
      tally: { bad: 0 },
      git: null,
      startedAt: '2026-11-22T21:40:05.123Z',
      ...{ seconds: 1, asked: conversations.length, spent: NO_USAGE },
    },
    await countResults(folder, loaded.study, tasks),
  );
  writeFileSync(studyRecordFile(folder), JSON.stringify(change(record)));
  return folder;
}

interface RecordedTerminal extends Terminal {
  /** All that was written to `out`. */
  text(): string;
}

export function recordedTerminal(cwd: string): RecordedTerminal {
  let text = '';
  return {
    ...{ cwd, env: {}, chalk: new Chalk({ level: 0 }), isInteractive: false, columns: 100 },
    out: (part) => {
      text += part;
    },
    err: () => {},
    text: () => text,
  };
}

export function jsonLinesOf(file: string): unknown[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function messagesOf({ id, humanMessages = 6 }: Told): Message[] {
  return Array.from({ length: humanMessages }, (_, index): Message[] => [
    { role: 'user', content: `${id} asks ${index}` },
    { role: 'assistant', content: 'An answer.' },
  ]).flat();
}

function answered(label: Label): Answer {
  return { status: 'answered', label, raw: '', usage: NO_USAGE, latency_ms: 0 };
}

const NOT_KEPT = ['content_creation', 'other'];

function selectAnswer({ primary, topics }: Said): Answer {
  if (primary === null) return { status: 'refused', reason: 'no', raw: '', usage: NO_USAGE, latency_ms: 0 };
  return answered({ primary, topics: topics ?? (NOT_KEPT.includes(primary) ? [] : [primary]) });
}

function furtherAnswers({ pushback = false, sentiment = ['neutral', 'neutral'], humanMessages = 6 }: Told) {
  const windows = humanMessages < 6 ? [] : ['opening', 'closing'];
  const sentiments = windows.map((window, index) => {
    return { suite: 'sentiment', window, answer: answered({ sentiment: sentiment[index] ?? 'neutral' }) };
  });
  const reason = pushback ? 'policy' : null;
  return [{ suite: 'pushback', window: null, answer: answered({ pushback, reason }) }, ...sentiments];
}
