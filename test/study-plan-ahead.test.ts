import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findCorpusFiles } from '../src/corpus/find-files.ts';
import { InputError } from '../src/errors/errors.ts';
import { answerEmbedded } from '../src/model/embedded/embedded.ts';
import { NO_USAGE } from '../src/model/model.ts';
import type { Answer } from '../src/schema/run-record.ts';
import { sqliteStore } from '../src/store/sqlite-store.ts';
import {
  type AnswerOf,
  askedStudy,
  type StudiedConversation,
  studyQuestions,
} from '../src/study/ask-conversation.ts';
import { lookUpIn } from '../src/study/look-up.ts';
import { planAhead } from '../src/study/plan-ahead.ts';
import { walkCorpus, walkLookedUp } from '../src/study/walk-corpus.ts';
import { parseAnswer } from '../src/task/parse-answer.ts';
import { corpusOf, shippedStudy, smallCorpus } from './study-in-batches.ts';
import { makeWorkspace } from './workspace.ts';

const study = askedStudy(shippedStudy());
const questions = studyQuestions(study);
const walking = { questions, concurrency: 3, signal: new AbortController().signal };

const answerOf: AnswerOf = ({ request, task }): Answer => {
  const parsed = parseAnswer(task, answerEmbedded(request));
  if (!parsed.ok) throw new Error(parsed.reason);
  return { status: 'answered', label: parsed.label, raw: '', usage: NO_USAGE, latency_ms: 0 };
};

async function studiedIn(batches: AsyncIterable<{ studied: StudiedConversation[] }>) {
  const all: StudiedConversation[] = [];
  for await (const { studied } of batches) all.push(...studied);
  return all;
}

it('finds what asking finds, whichever answers are on record, and asks only for the others', async () => {
  const cwd = smallCorpus();
  const asked: Parameters<AnswerOf>[0][] = [];
  const expected = await studiedIn(
    walkCorpus(corpusOf(cwd)(), {
      ...walking,
      answerOf: (question) => {
        asked.push(question);
        return answerOf(question);
      },
    }),
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }), async (recorded) => {
      run += 1;
      const file = path.join(cwd, `store-${run}.sqlite`);
      const store = sqliteStore(file);
      for (const [index, question] of asked.entries()) {
        const key = { request: question.requestHash, model: 'm', repeat: 0 };
        if (recorded[index % recorded.length] === true) store.put(key, await answerOf(question));
      }
      let missing = 0;
      const files = findCorpusFiles('corpus.jsonl', cwd);
      const found = walkLookedUp(
        planAhead({ study, files, mapping: null, limit: null }, lookUpIn(store, 'm', questions)),
        {
          ...walking,
          answerOf: (question) => {
            const known = store.get({ request: question.requestHash, model: 'm', repeat: 0 });
            if (known === null) missing += 1;
            return known ?? answerOf(question);
          },
        },
      );
      expect(await studiedIn(found)).toEqual(expected);
      expect(missing === 0).toBe(recorded.every((each) => each));
      store.close();
    }),
    { numRuns: 6 },
  );
});

it('keeps the order of the corpus, whichever conversations of whichever batches are open', async () => {
  const lines = Array.from({ length: 3_000 }, (_, index) => ({
    id: `c${index}`,
    messages: [{ role: 'user', content: `This is number ${index}.` }],
  }));
  const cwd = makeWorkspace({ 'many.jsonl': lines });
  const isOpen = (conversation: string) => Number(conversation.slice(1)) % 700 < 90;
  const found: { ids: string[]; open: string[] }[] = [];
  const files = findCorpusFiles('many.jsonl', cwd);
  const answer: Answer = { status: 'refused', reason: '', raw: '', usage: NO_USAGE, latency_ms: 0 };
  const ahead = planAhead({ study, files, mapping: null, limit: 2_900 }, (planned) =>
    planned.map(({ request: _, ...each }) =>
      isOpen(each.conversation) ? null : { ...each, answer, left: 'no answer', further: [] },
    ),
  );
  for await (const { studied, open } of ahead) {
    const rest = open.map(({ id }) => id);
    const ids = studied.map((each) => each?.conversation ?? rest.shift() ?? 'lost');
    found.push({ ids, open: open.map(({ id, messages }) => `${id}: ${messages[0]?.content}`) });
  }
  const ids = lines.slice(0, 2_900).map(({ id }) => id);
  expect(found.length).toBeGreaterThan(4);
  expect(found.flatMap((batch) => batch.ids)).toEqual(ids);
  expect(found.flatMap((batch) => batch.open)).toEqual(
    ids.filter(isOpen).map((id) => `${id}: This is number ${id.slice(1)}.`),
  );
});

it('says what keeps a corpus from being read as reading it here would', async () => {
  const cwd = makeWorkspace({ 'corpus.parquet': 'PAR1 and nothing more' });
  const files = findCorpusFiles('corpus.parquet', cwd);
  const ahead = planAhead({ study, files, mapping: null, limit: null }, (planned) => planned.map(() => null));
  await expect(studiedIn(walkLookedUp(ahead, { ...walking, answerOf }))).rejects.toBeInstanceOf(InputError);
});
