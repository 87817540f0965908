import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../errors/problem.ts';
import { readJsonLines } from './jsonl.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const saidOf = (bytes: Uint8Array) => readJsonLines(bytes, 'a.jsonl').problems.map(formatProblem);

describe('reading JSON Lines', () => {
  it('numbers lines as an editor does and skips blank ones', () => {
    expect(readJsonLines(bytesOf('1\n\n \t\n"two"\r\n[3]'), 'a.jsonl')).toEqual({
      value: [
        { line: 1, value: 1 },
        { line: 4, value: 'two' },
        { line: 5, value: [3] },
      ],
      problems: [],
    });
  });

  it('takes a byte order mark, lone surrogate escapes and every value back', () => {
    expect(readJsonLines(bytesOf('\ufeff"\\ud800"'), 'a.jsonl').value).toEqual([
      { line: 1, value: '\ud800' },
    ]);
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (values) => {
        const text = values.map((value) => JSON.stringify(value)).join('\n');
        const read = readJsonLines(bytesOf(text), 'a.jsonl').value.map(({ value }) => JSON.stringify(value));
        expect(read).toEqual(values.map((value) => JSON.stringify(value)));
      }),
    );
  });

  it('says where a line stops being JSON, and whose it is, but not what it holds', () => {
    expect(
      saidOf(bytesOf('{"id": "c1", "secret": "hush" x}\n{"id": "c2", "secret": tru}\n{"id": "c3", "a": "')),
    ).toEqual([
      'a.jsonl:1 (c1): not valid JSON at column 31. Write one JSON object on one line.',
      'a.jsonl:2 (c2): not valid JSON. Write one JSON object on one line.',
      'a.jsonl:3 (c3): not valid JSON at column 20. Write one JSON object on one line.',
    ]);
  });

  it('names every line that is not UTF-8 and reads the others', () => {
    const bytes = new Uint8Array([...bytesOf('1\n"'), 0xff, ...bytesOf('"\n3\n'), 0xc3]);
    expect(readJsonLines(bytes, 'a.jsonl').value.map(({ line }) => line)).toEqual([1, 3]);
    expect(saidOf(bytes)).toEqual([
      'a.jsonl:2: the line is not UTF-8. Save the file as UTF-8.',
      'a.jsonl:4: the line is not UTF-8. Save the file as UTF-8.',
    ]);
  });

  it('says once that a file is UTF-16', () => {
    expect(saidOf(new Uint8Array([0xff, 0xfe, 0x31, 0x00, 0x0a, 0x00]))).toEqual([
      'a.jsonl: is UTF-16, not UTF-8. Save it as UTF-8.',
    ]);
  });

  it('takes a line of 1 MB and refuses a longer one', () => {
    expect(saidOf(bytesOf(`"${'x'.repeat(999_998)}"`))).toEqual([]);
    expect(saidOf(bytesOf(`1\n{"id": "c9", "x": "${'x'.repeat(1_200_000)}"}`))).toEqual([
      'a.jsonl:2 (c9): the line has 1.2 MB. Keep each line under 1 MB.',
    ]);
  });

  it('never throws and accounts for every line that is not blank', () => {
    fc.assert(
      fc.property(fc.uint8Array({ max: 127, maxLength: 200 }), (bytes) => {
        const { value, problems } = readJsonLines(bytes, 'a.jsonl');
        const written = new TextDecoder()
          .decode(bytes)
          .split('\n')
          .filter((line) => line.trim() !== '');
        expect(value.length + problems.length).toBe(written.length);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(() => readJsonLines(bytes, 'a.jsonl')).not.toThrow();
      }),
    );
  });
});
