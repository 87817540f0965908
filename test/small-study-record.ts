import { NO_USAGE } from '../src/model/model.ts';
import type { StudyRecord } from '../src/schema/study-record.ts';

/** 1,000 conversations, 10 without an answer, 90 kept: 50 of coaching, 40 of company. */
export function smallRecord(): StudyRecord {
  const group = (topic: string | null, conversations: number, positive: number) => ({
    topic,
    conversations,
    rates: {
      'resist.resists': { answered: conversations, positive, reasons: { harm: positive, policy: 0 } },
    },
    shifts: {
      'tone.tone': [
        { from: 'low', to: 'middle', count: conversations / 2 },
        { from: 'middle', to: 'middle', count: conversations / 2 },
      ],
    },
  });
  const questions = { invalid: 0, refused: 0, failed: 0 };
  return {
    ...{ touchstone: 'study', version: 1, model: 'anthropic:claude-haiku-5-5' },
    study: {
      name: 'small',
      select: { suite: 'why', field: 'primary', drop: ['story'], keep: ['coaching', 'company'] },
      rates: [{ suite: 'resist', field: 'resists', reasons: 'reason' }],
      shifts: [{ suite: 'tone', field: 'tone', from: 'opening', to: 'closing' }],
    },
    prompts: { why: { path: 'prompts/why.md', sha256: 'a'.repeat(64) } },
    scales: { 'tone.tone': { low: -0.5, middle: 0, high: 0.5 } },
    corpus: {
      files: [{ path: 'corpus.jsonl', bytes: 1 }],
      ...{ conversations: 1000, bad: 0, repeated: 0, cut: 0 },
    },
    ...{ git: null, started_at: '2026-11-22T21:40:05.123Z', seconds: 1 },
    funnel: [{ name: 'answered', in: 1000, out: 990 }],
    questions: [
      { suite: 'why', answered: 990, ...questions, refused: 10 },
      { suite: 'resist', answered: 90, ...questions },
    ],
    groups: [group(null, 90, 14), group('coaching', 50, 10), group('company', 40, 4)],
    labels: { coaching: 50, company: 40, story: 100, other: 800 },
    long: { conversations: 0, kept: 0 },
    ...{ asked: 1000, spent: NO_USAGE },
  };
}
