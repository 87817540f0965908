import { expect, it } from 'vitest';
import type { CorpusRecord } from '../src/corpus/corpus-record.ts';
import { NO_USAGE } from '../src/model/model.ts';
import type { Message } from '../src/schema/conversation.ts';
import type { Answer, Label } from '../src/schema/run-record.ts';
import type { StudyRecord } from '../src/schema/study-record.ts';
import { seededRandom } from '../src/statistics/random.ts';
import { type StudyQuestion, studyQuestions } from '../src/study/ask-conversation.ts';
import { figuresOf } from '../src/study/figures/figures-of.ts';
import { countResults } from '../src/study/results/count-results.ts';
import { openResults } from '../src/study/results/open-results.ts';
import { buildStudyRecord } from '../src/study/study-record.ts';
import { walkCorpus } from '../src/study/walk-corpus.ts';
import { shippedStudy } from './study-in-batches.ts';
import { makeWorkspace } from './workspace.ts';

const CONVERSATIONS = 20_000;
const AFFECTIVE = 580;
const TOPICS = ['interpersonal_advice', 'coaching', 'counseling', 'companionship'] as const;
const LEVELS = ['very_negative', 'negative', 'neutral', 'positive', 'very_positive'] as const;
const VALUES: Record<string, number> = {
  very_negative: -1,
  negative: -0.5,
  neutral: 0,
  positive: 0.5,
  very_positive: 1,
};

interface Truth {
  primary: string;
  humanMessages: number;
  pushback: boolean;
  opening: string;
  closing: string;
}

/** A corpus as the study found its own: 2.9% affective, hardly any role-play, little pushback, moods that rise. */
function inventTruth(): Truth[] {
  const random = seededRandom(29);
  return Array.from({ length: CONVERSATIONS }, (_, index): Truth => {
    const isAffective = index % Math.floor(CONVERSATIONS / AFFECTIVE) === 0 && index / 34 < AFFECTIVE;
    const isRoleplay = index % 1700 === 5;
    const primary = isRoleplay
      ? 'roleplay'
      : isAffective
        ? (TOPICS[Math.floor(random() * TOPICS.length)] ?? 'coaching')
        : random() < 0.3
          ? 'content_creation'
          : 'other';
    const from = Math.floor(random() * 3);
    const to = Math.min(4, from + (random() < 0.4 ? 1 : 0));
    return {
      primary,
      humanMessages: 1 + Math.floor(random() * 10),
      pushback: random() < 0.08,
      opening: LEVELS[from] ?? 'neutral',
      closing: LEVELS[to] ?? 'neutral',
    };
  });
}

function messagesOf(index: number, humanMessages: number): Message[] {
  return Array.from({ length: humanMessages }, (_, turn): Message[] => [
    { role: 'user', content: `question ${turn} of ${index}` },
    { role: 'assistant', content: 'an answer' },
  ]).flat();
}

async function study(truths: readonly Truth[]): Promise<StudyRecord> {
  const loaded = shippedStudy();
  const tasks = [...loaded.suites.values()].map(({ suite }) => suite.task);
  const folder = makeWorkspace({});
  async function* corpus(): AsyncGenerator<CorpusRecord[]> {
    for (let start = 0; start < truths.length; start += 500) {
      yield truths.slice(start, start + 500).map(({ humanMessages }, offset) => {
        const index = start + offset;
        const position = { file: 'corpus.jsonl', line: index + 1 };
        const messages = messagesOf(index, humanMessages);
        return { kind: 'conversation', conversation: { id: `c${index}`, messages, position } };
      });
    }
  }
  const answerOf = ({ request, task }: StudyQuestion): Answer => {
    const truth = truths[Number(/of (\d+)\n/.exec(request.user)?.[1])];
    if (truth === undefined) throw new Error('a conversation that nobody invented');
    const isAffective = !['other', 'content_creation'].includes(truth.primary);
    const labels: Record<string, Label> = {
      affective: { primary: truth.primary, topics: isAffective ? [truth.primary] : [] },
      pushback: { pushback: truth.pushback, reason: truth.pushback ? 'policy' : null },
      sentiment: { sentiment: request.user.includes('window="opening"') ? truth.opening : truth.closing },
    };
    return { status: 'answered', label: labels[task.name] ?? {}, raw: '', usage: NO_USAGE, latency_ms: 0 };
  };
  const writer = await openResults(folder, loaded.study, tasks);
  const walk = walkCorpus(corpus(), {
    questions: studyQuestions(loaded),
    answerOf,
    concurrency: 4,
    signal: new AbortController().signal,
  });
  for await (const { studied } of walk) await writer.add(studied);
  await writer.finish();
  const about = {
    model: 'truth',
    files: [],
    mapping: null,
    git: null,
    startedAt: '2026-01-01T00:00:00.000Z',
  };
  const walked = { tally: { bad: 0 }, seconds: 1, asked: 0, spent: NO_USAGE };
  return buildStudyRecord(loaded, { ...about, ...walked }, await countResults(folder, loaded.study, tasks));
}

it('a study of a corpus whose truth is known gives the truth', async () => {
  const truths = inventTruth();
  const record = await study(truths);
  const { figures, leftOut } = figuresOf(record, { goldens: null, sample: null });

  const isKept = ({ primary, humanMessages }: Truth) =>
    primary === 'roleplay' ? humanMessages >= 4 : !['other', 'content_creation'].includes(primary);
  const kept = truths.filter(isKept);
  const find = (kind: string, topic: string | null) =>
    figures.find((figure) => figure.kind === kind && figure.topic === topic)?.raw;

  expect(find('prevalence', null)?.value).toBeCloseTo(kept.length / truths.length, 12);
  expect(find('prevalence', null)?.value).toBeCloseTo(0.029, 2);
  for (const topic of TOPICS) {
    const own = kept.filter(({ primary }) => primary === topic);
    expect(find('prevalence', topic)?.value).toBeCloseTo(own.length / truths.length, 12);
    const resisted = own.filter(({ pushback }) => pushback).length;
    expect(find('rate', topic)?.value).toBeCloseTo(resisted / own.length, 12);
    const long = own.filter(({ humanMessages }) => humanMessages >= 6);
    const shifts = long.map(({ opening, closing }) => (VALUES[closing] ?? 0) - (VALUES[opening] ?? 0));
    const mean = shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length;
    expect(find('shift', topic)?.value).toBeCloseTo(mean, 12);
  }
  expect(find('rate', null)?.value).toBeLessThan(0.1);
  expect(find('shift', null)?.interval?.low).toBeGreaterThan(0);
  const roleplay = kept.filter(({ primary }) => primary === 'roleplay').length;
  expect(leftOut).toEqual([
    { topic: 'roleplay', conversations: roleplay, share: roleplay / truths.length, under: 0.001 },
  ]);
  expect(find('rate', 'roleplay')).toBeUndefined();
});
