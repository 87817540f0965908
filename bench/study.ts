import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { findCorpusFiles } from '../src/corpus/find-files.ts';
import { readCorpus } from '../src/corpus/read-corpus.ts';
import { EMBEDDED_REVISION } from '../src/model/embedded-model.ts';
import { NO_USAGE } from '../src/model/model.ts';
import { seededRandom } from '../src/statistics/random.ts';
import { shiftBootstrap } from '../src/statistics/shift-bootstrap.ts';
import { sqliteStore } from '../src/store/sqlite-store.ts';
import { studyQuestions } from '../src/study/ask-conversation.ts';
import { studyKey } from '../src/study/recorded-or-asked.ts';
import { shippedStudy } from '../test/study-in-batches.ts';
import { copyShippedProject, REPOSITORY } from '../test/workspace.ts';
import { TOUCHSTONE } from './ask-invented.ts';
import { atLeast, atMost, type Figure, plain } from './figure.ts';
import { writeStudyCorpus } from './study-corpus.ts';
import { timedCommand } from './timed-command.ts';

const SIZES = [100_000, 300_000, 1_000_000];
const LEVELS = [-1, -0.5, 0, 0.5, 1];

/** Planning, scoring and aggregating corpora whose answers are recorded, and the bootstrap of a large study. */
export async function benchStudy(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const rates: number[] = [];
  for (const size of SIZES) {
    const { cwd, corpus } = await recordedCorpus(size);
    const args = ['study', 'run', corpus, '--out', 'out', '--max-bad', '1%'];
    const { seconds, peakMegabytes } = await timedCommand(TOUCHSTONE, args, {
      cwd,
      env: {},
      expectedCodes: [0],
    });
    const rate = size / seconds;
    rates.push(rate);
    const isLargest = size === SIZES.at(-1);
    const what = `${size.toLocaleString('en')} conversations`;
    figures.push(
      plain(`${what}: seconds`, seconds.toFixed(1)),
      isLargest ? atLeast(`${what}: a second`, rate, 20_000, 0) : plain(`${what}: a second`, rate.toFixed(0)),
      isLargest
        ? atMost(`${what}: peak MB`, peakMegabytes, 600, 0)
        : plain(`${what}: peak MB`, peakMegabytes.toFixed(0)),
    );
  }
  const [small = 1, , large = 0] = rates;
  figures.push(atLeast('speed at the largest / at the smallest', large / small, 0.8));
  figures.push(
    atMost('bootstrap: 131,484 conversations, 4 topics, n = 1000: seconds', bootstrapSeconds(), 0.3),
  );
  return figures;
}

/** A project with a corpus, and an answer on record to every question that the study asks about it. */
async function recordedCorpus(size: number): Promise<{ cwd: string; corpus: string }> {
  const cwd = copyShippedProject();
  cpSync(path.join(REPOSITORY, 'studies'), path.join(cwd, 'studies'), { recursive: true });
  const corpus = path.join(writeStudyCorpus(size), 'corpus.jsonl');
  const file = path.join(cwd, '.touchstone', 'study', 'store.sqlite');
  mkdirSync(path.dirname(file), { recursive: true });
  sqliteStore(file).close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  const insert = database.prepare(
    'INSERT INTO answers (request, model, repeat, answer) VALUES (?, ?, 0, ?) ON CONFLICT DO NOTHING',
  );
  const model = { id: 'embedded', revision: String(EMBEDDED_REVISION) };
  const questions = studyQuestions(shippedStudy());
  const put = (question: { requestHash: string }, label: Record<string, unknown>) => {
    const key = studyKey(question, model);
    const answer = { status: 'answered', label, raw: JSON.stringify(label), usage: NO_USAGE, latency_ms: 1 };
    insert.run(key.request, key.model, JSON.stringify(answer));
  };
  for await (const batch of readCorpus(findCorpusFiles(corpus, cwd), { mapping: null })) {
    for (const record of batch) {
      if (record.kind === 'bad') throw new Error(record.what);
      const { conversation } = record;
      const [, label = 'other'] = /^\((\w+)\)/.exec(conversation.messages[0]?.content ?? '') ?? [];
      const isKept = !['content_creation', 'other'].includes(label);
      put(questions.first(conversation), { primary: label, topics: isKept ? [label] : [] });
      if (!isKept) continue;
      for (const question of questions.further(conversation)) {
        if (question.suite === 'sentiment')
          put(question, { sentiment: question.window === 'opening' ? 'negative' : 'neutral' });
        else put(question, { pushback: false, reason: null });
      }
    }
  }
  database.exec('COMMIT');
  database.close();
  return { cwd, corpus };
}

function bootstrapSeconds(): number {
  const random = seededRandom(3);
  const counts = Array.from({ length: 4 }, () => {
    const cells = LEVELS.flatMap((opening) =>
      LEVELS.map((closing) => ({ opening, closing, weight: random() })),
    );
    const total = cells.reduce((sum, { weight }) => sum + weight, 0);
    return cells.map(({ opening, closing, weight }) => {
      return { opening, closing, conversations: Math.round((weight / total) * (131_484 / 4)) };
    });
  });
  const started = performance.now();
  for (const topic of counts) shiftBootstrap(topic, { resamples: 1000, seed: 1 });
  return (performance.now() - started) / 1000;
}
