import { describe, expect, it } from 'vitest';
import { formatProblem } from '../errors/problem.ts';
import { labelBatchText, parseLabelBatch } from './label-batch.ts';

const parse = (text: string) => {
  const { value, problems } = parseLabelBatch(new TextEncoder().encode(text), 'batch.jsonl');
  return { value, said: problems.map(formatProblem) };
};

describe('a label batch', () => {
  const lines = [
    { labels: 'mood', id: 'c2', window: 'opening', why: 'votes are split 2 to 1' },
    { labels: 'talk', id: 'c1', window: null, why: 'thin' },
  ];

  it('is read as it was written, in its order', () => {
    const { value, said } = parse(labelBatchText(lines));
    expect(value).toEqual(lines.map((line, index) => ({ ...line, line: index + 1 })));
    expect(said).toEqual([]);
  });

  it('says of every line what is wrong', () => {
    const text = labelBatchText(lines);
    expect(
      parse(`${text}{"labels":"mood","id":"c 1","window":null}\n${text.split('\n')[0]}\nx\n`).said,
    ).toEqual([
      'batch.jsonl:5: not valid JSON. Write one JSON object on one line.',
      'batch.jsonl:3: missing property "why". Add "why".',
      expect.stringContaining('batch.jsonl:3: id'),
      'batch.jsonl:4 (c2): on line 1 already. Remove one of the two lines.',
    ]);
    expect(parse('\n').said).toEqual([
      'batch.jsonl: the file is empty. Write a batch with touchstone goldens doubt.',
    ]);
  });
});
