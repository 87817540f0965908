import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StreamedLine, streamJsonLines } from './stream-json-lines.ts';

const file = path.join(mkdtempSync(path.join(tmpdir(), 'touchstone-lines-')), 'results.jsonl');
const read = async (content: string | Buffer) => {
  writeFileSync(file, content);
  const lines: StreamedLine[] = [];
  for await (const line of streamJsonLines(file)) lines.push(line);
  return lines;
};

describe('reading JSON Lines as a stream', () => {
  it('gives every value with its line, whatever characters its strings hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), async (values) => {
        const lines = await read(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
        expect(lines).toEqual(
          values.map((value, index) => {
            return { line: index + 1, json: { value: JSON.parse(JSON.stringify(value)) } };
          }),
        );
      }),
      { numRuns: 50 },
    );
    expect(await read('"a\u2028b"\n')).toEqual([{ line: 1, json: { value: 'a\u2028b' } }]);
  });

  it('tells a line that breaks off, is no UTF-8 or far too long from the others', async () => {
    const long = Buffer.alloc(20_000_001, 0x31);
    const lines = [
      Buffer.from('\ufeff1\r\n\n"'),
      Buffer.from([0xff]),
      Buffer.from('"\n'),
      long,
      Buffer.from('\n2\n{"a":'),
    ];
    expect(await read(Buffer.concat(lines))).toEqual([
      { line: 1, json: { value: 1 } },
      { line: 3, json: null },
      { line: 4, json: null },
      { line: 5, json: { value: 2 } },
      { line: 6, json: null },
    ]);
  });
});
