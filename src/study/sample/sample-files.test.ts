import { describe, expect, it } from 'vitest';
import { smallRecord } from '../../../test/small-study-record.ts';
import type { Message } from '../../schema/conversation.ts';
import type { Task } from '../../task/task.ts';
import { keyFileOf, sampleFiles } from './sample-files.ts';

const WHY: Task = {
  name: 'why',
  windows: null,
  fields: { primary: { kind: 'nominal', labels: ['coaching', 'company', 'story', 'other'] } },
};

function labellingOf(messages: Message[]): string[] {
  const place = { conversation: 'c1', file: 'corpus.jsonl', line: 1, stratum: 'story' };
  const { labelling } = sampleFiles({
    ...{ record: smallRecord(), tasks: [WHY], seed: 1, answers: { strata: [], answers: [] } },
    rows: [{ ...place, stratumSize: 100, sampledInStratum: 50, weight: 2 }],
    messages: new Map([['c1', messages]]),
  });
  return labelling.split('\n');
}

describe('a labelling file', () => {
  it('asks for every field of the suites, and names neither stratum nor weight of a conversation', () => {
    const [, line = ''] = labellingOf([{ role: 'user', content: 'Hello' }]);
    expect(JSON.parse(line)).toEqual({
      ...{ id: 'c1', file: 'corpus.jsonl', line: 1, messages: [{ role: 'user', content: 'Hello' }] },
      ...{ labels: { why: { primary: null } }, unsure: false, note: null },
    });
  });

  it.each([
    [
      'one message of two million characters',
      [{ role: 'user' as const, content: '\u0001'.repeat(2_000_000) }],
    ],
    [
      'a hundred thousand messages of one character',
      Array.from({ length: 100_000 }, () => ({ role: 'user' as const, content: 'a' })),
    ],
  ])('cuts %s, so that the line can be read back', (_what, messages) => {
    const [, line = ''] = labellingOf(messages);
    expect(Buffer.byteLength(line)).toBeLessThan(1_000_000);
    expect(line).toContain('[…]');
  });

  it('has its key beside it', () => {
    expect(keyFileOf('/a/sample.jsonl')).toBe('/a/sample.key.json');
  });
});
