import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { shippedStudy } from '../../test/study-in-batches.ts';
import { makeWorkspace, REPOSITORY } from '../../test/workspace.ts';
import { NO_USAGE } from '../model/model.ts';
import type { Answer } from '../schema/run-record.ts';
import { goldenEvidence } from './golden-rates.ts';

const study = shippedStudy();
const answer = (tokens: number): Answer => {
  return {
    status: 'invalid',
    reason: '',
    raw: '',
    usage: { ...NO_USAGE, output_tokens: tokens },
    latency_ms: 0,
  };
};

/** Goldens with labels for the selecting suite alone. */
function goldens(labels: readonly { primary: string; human: number }[]): string {
  return makeWorkspace({
    'conversations.jsonl': labels.map(({ human }, index) => ({
      id: `c${index}`,
      lang: 'en',
      family: `f${index}`,
      tags: [],
      messages: Array.from({ length: human }, () => [
        { role: 'user', content: 'hi' },
        { role: 'assistant', content: 'hello' },
      ]).flat(),
    })),
    'labels/affective.jsonl': labels.map(({ primary }, index) => ({
      id: `c${index}`,
      primary,
      topics: ['other', 'content_creation'].includes(primary) ? [] : [primary],
      votes: [],
    })),
  });
}

describe('what goldens tell of a study', () => {
  it('is the share that passes the funnel, with the messages that a label needs', () => {
    const directory = goldens([
      { primary: 'counseling', human: 1 },
      { primary: 'content_creation', human: 2 },
      { primary: 'other', human: 9 },
      { primary: 'roleplay', human: 3 },
      { primary: 'roleplay', human: 4 },
    ]);
    expect(goldenEvidence(study, directory, () => null).rates).toEqual({ labelled: 5, kept: 2 });
  });

  it('is nothing in a project without goldens', () => {
    const evidence = goldenEvidence(study, makeWorkspace({}), () => null);
    expect(evidence).toEqual({ rates: null, answerTokens: new Map() });
  });

  it('includes how long answers are, where enough are on record', () => {
    const shipped = path.join(REPOSITORY, 'goldens');
    let asked = 0;
    const { rates, answerTokens } = goldenEvidence(study, shipped, () => {
      asked += 1;
      return asked % 2 === 0 ? answer(100) : answer(200);
    });
    expect(rates?.kept).toBeGreaterThan((rates?.labelled ?? 0) / 2);
    expect([...answerTokens.keys()]).toEqual(['affective', 'pushback', 'sentiment']);
    expect(answerTokens.get('affective')?.low).toBeCloseTo(145.2, 0);
    expect(answerTokens.get('affective')?.high).toBeCloseTo(154.8, 0);
    let few = 0;
    const little = goldenEvidence(study, shipped, () => (++few <= 29 ? answer(100) : null));
    expect(little.answerTokens.size).toBe(0);
  });
});
