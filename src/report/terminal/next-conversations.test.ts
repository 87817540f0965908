import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { type NextReport, renderNext } from './next-conversations.ts';

const report: NextReport = {
  ...{
    corpus: 'my chats\u001b[2J',
    records: 1234,
    bad: 3,
    notDrawn: 4,
    likeGolden: 0,
    likeOther: 1,
    candidates: 1226,
  },
  ...{ models: ['embedded'], runs: 1, asked: 10, usd: 0, failed: 2, out: "it's next.jsonl", goldens: null },
  suites: ['affective'],
  chosen: [
    {
      ...{ id: 'c1', lang: null, gain: 1, why: 'predicted affective.topics: coaching (2 labels)' },
      predicted: [
        'affective.primary: coaching',
        'affective.topics: coaching',
        'affective.topics: counseling',
      ],
    },
  ],
};
const render = (columns: number, given = report) =>
  renderNext(given, { chalk: new Chalk({ level: 0 }), columns });

describe('what to label next, on a terminal', () => {
  it('names conversations by id, what is predicted in short, and commands that a shell takes as they are', () => {
    const text = render(100);
    expect(text).toContain('my chats\\u{1b}[2J  1,234 records, 1,226 candidates');
    expect(text).toContain(
      'left out: 3 that cannot be goldens; 4 not drawn, or the same text; 1 like another',
    );
    expect(text).toContain('affective primary coaching, topics coaching+counseling');
    expect(text).toContain('2 questions without an answer');
    expect(text).toContain("touchstone goldens add 'it'\\''s next.jsonl'");
    expect(text).toContain('touchstone goldens label affective --as NAME');
  });

  it('fits sixty columns, and says so where there is nothing', () => {
    expect(
      Math.max(
        ...render(60)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(60);
    expect(render(100, { ...report, out: null, chosen: [] })).toContain('nothing to choose from');
  });
});
