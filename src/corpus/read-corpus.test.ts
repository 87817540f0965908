import { existsSync } from 'node:fs';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inShort, readAll, writeConversations } from '../../test/corpus-files.ts';
import { makeWorkspace, REPOSITORY } from '../../test/workspace.ts';
import type { BadRecord } from './corpus-record.ts';
import { findCorpusFiles } from './find-files.ts';
import { readCorpus } from './read-corpus.ts';
import { badShare, brokenOffProblems, NOTHING_READ, tallied } from './tally.ts';

const SAMPLE = path.join(REPOSITORY, '..', 'shared', 'corpus', 'hh-rlhf-harmless-base-test.jsonl.gz');

const record = (id: string, content = 'a') =>
  `{"id":"${id}","messages":[{"role":"user","content":"${content}"}]}`;
const linesOf = async (name: string, content: string | Buffer) => {
  const folder = makeWorkspace({ [name]: content });
  return (await readAll(name, folder)).map(inShort);
};

describe('reading the lines of a corpus', () => {
  it('reads plain, gzip and Zstandard files alike, in the order of their paths', async () => {
    const folder = makeWorkspace({
      'a.jsonl': `${record('one')}\n`,
      'b/a.jsonl.gz': gzipSync(`${record('two')}\n${record('three')}`),
      'c.ndjson.zst': zstdCompressSync(`${record('four')}\n`),
    });
    const records = await readAll('.', folder);
    expect(records.map(inShort)).toEqual(['one: user a', 'two: user a', 'three: user a', 'four: user a']);
    const places = records.map((one) => (one.kind === 'bad' ? null : one.conversation.position));
    expect(places).toEqual([
      { file: 'a.jsonl', line: 1 },
      { file: path.join('b', 'a.jsonl.gz'), line: 1 },
      { file: path.join('b', 'a.jsonl.gz'), line: 2 },
      { file: 'c.ndjson.zst', line: 1 },
    ]);
  });

  it('tolerates a byte order mark, CR LF, blank lines and a NUL, and counts the lines', async () => {
    const text = `\ufeff${record('one')}\r\n\r\n  \n${record('two', 'a\\u0000b\u2028c')}\n\n\u0000\n`;
    expect(await linesOf('a.jsonl', text)).toEqual([
      'one: user a',
      'two: user a\u0000b\u2028c',
      '!6 is not JSON',
    ]);
    expect(await linesOf('a.jsonl', '')).toEqual([]);
    expect(await linesOf('a.jsonl.gz', '')).toEqual([]);
  });

  it('tells a line that is no UTF-8, no JSON or breaks off from the others', async () => {
    const parts = [
      Buffer.from('"'),
      Buffer.from([0xff]),
      Buffer.from(`"\n${record('one')}\nno\n{"messages":[{"ro`),
    ];
    expect(await linesOf('a.jsonl', Buffer.concat(parts))).toEqual([
      '!1 is not UTF-8',
      'one: user a',
      '!3 is not JSON',
      '!4 the JSON breaks off',
    ]);
  });

  it('reads past a line over 64 MB, plain or swelling from a small file', async () => {
    const long = Buffer.alloc(65 * 2 ** 20, 0x61);
    const bytes = Buffer.concat([Buffer.from(`${record('one')}\n`), long, Buffer.from(`\n${record('two')}`)]);
    const expected = ['one: user a', '!2 the record is longer than 64 MB', 'two: user a'];
    expect(await linesOf('a.jsonl', bytes)).toEqual(expected);
    expect(await linesOf('a.jsonl.zst', zstdCompressSync(bytes))).toEqual(expected);
  });

  it('reads a file of many gzip members or Zstandard frames, padded or not', async () => {
    const texts = [`${record('one')}\n${record('tw')}`.slice(0, -1), `}\n`, '', `${record('three')}\n`];
    const expected = ['one: user a', 'tw: user a', 'three: user a'];
    const gzip = texts.map((text) => gzipSync(text));
    const skippable = Buffer.from('502a4d180400000001020304', 'hex');
    const zstd = texts.flatMap((text) => [skippable, zstdCompressSync(text)]);
    expect(await linesOf('a.jsonl.gz', Buffer.concat(gzip))).toEqual(expected);
    expect(await linesOf('a.jsonl.gz', Buffer.concat([...gzip, Buffer.alloc(20_000)]))).toEqual(expected);
    expect(await linesOf('a.jsonl.zst', Buffer.concat(zstd))).toEqual(expected);
  });

  it('gives what comes before a cut, wherever it is, then one bad record', async () => {
    const records = Array.from({ length: 40 }, (_, index) => record(`c${index}`, String(Math.sin(index))));
    const text = `${records.join('\n')}\n`;
    const whole = await linesOf('a.jsonl', text);
    for (const [name, bytes] of [
      ['a.jsonl.gz', gzipSync(text)],
      ['a.jsonl.zst', zstdCompressSync(text)],
    ] as const) {
      for (let size = 18; size < bytes.length; size += 41) {
        const read = await linesOf(name, bytes.subarray(0, size));
        const last = `!${read.length} the file is cut off: the compressed data ends too early`;
        expect(read).toEqual([...whole.slice(0, read.length - 1), last]);
      }
    }
    const cut = await linesOf('a.jsonl.gz', gzipSync(text).subarray(0, -9));
    expect(cut).toHaveLength(41);
  });

  it('stops at damaged data with one bad record', async () => {
    const garbage = Buffer.from('garbage');
    const far = `${record('one')}\n${' '.repeat(100_000)}\n`;
    for (const [name, bytes] of [
      ['a.jsonl.gz', gzipSync(far)],
      ['a.jsonl.zst', zstdCompressSync(far)],
    ] as const) {
      const read = await linesOf(name, Buffer.concat([bytes, garbage]));
      expect(read[0]).toBe('one: user a');
      expect(read.slice(1)).toEqual([
        expect.stringMatching(/^![23] the compressed data is damaged from about here on$/),
      ]);
    }
  });

  it('finds every sound record between lines of any bytes, in any compression', async () => {
    const garbage = fc
      .uint8Array({ maxLength: 80 })
      .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10)));
    const line = fc.oneof(garbage, fc.constant(null));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 30 }),
        fc.constantFrom('', '.gz', '.zst'),
        async (lines, kind) => {
          const bytes = Buffer.concat(
            [null, ...lines].flatMap((one, index) => [
              one ?? Buffer.from(record(`c${index}`)),
              Buffer.from('\n'),
            ]),
          );
          const packed = kind === '.gz' ? gzipSync(bytes) : kind === '.zst' ? zstdCompressSync(bytes) : bytes;
          const read = await linesOf(`a.jsonl${kind}`, packed);
          const sound = [null, ...lines].flatMap((one, index) => (one === null ? [`c${index}: user a`] : []));
          expect(read.filter((one) => !one.startsWith('!'))).toEqual(sound);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never fails on any compressed bytes', async () => {
    const head = { gz: '1f8b0800', zst: '28b52ffd' };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('gz', 'zst'),
        fc.uint8Array({ maxLength: 200 }),
        async (kind, bytes) => {
          const content = Buffer.concat([Buffer.from(head[kind as keyof typeof head], 'hex'), bytes]);
          for (const one of await linesOf(`a.jsonl.${kind}`, content)) expect(one).toMatch(/^!/);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives batches of some hundreds, the same ones each time, and can be left early', async () => {
    const folder = makeWorkspace({});
    writeConversations(path.join(folder, 'a.jsonl'), 2000);
    const files = findCorpusFiles('a.jsonl', folder);
    const sizes: number[] = [];
    for await (const batch of readCorpus(files, { mapping: null })) sizes.push(batch.length);
    expect(sizes).toEqual([512, 512, 512, 464]);
    for await (const batch of readCorpus(files, { mapping: null })) {
      expect(batch).toHaveLength(512);
      break;
    }
  });

  it.each<[name: string, content: string | Buffer, line: number | null]>([
    ['bad.jsonl', `${record('a')}\nno json\n${record('b')}\n`, null],
    ['cut.jsonl.gz', gzipSync(`${record('a')}\n${record('b')}\n`).subarray(0, -9), 3],
    ['cell.csv', 'id,text\n1,Human: x\n2\n3,Human: y\n', null],
    ['rows.csv', 'id,role,content\n1,user,a\n2,user\n3,user,b\n', 3],
    ['quote.csv', 'id,text\n1,Human: x\n2,"Human: y\n', 3],
    ['other.csv', 'a,b\n1,2\n', 1],
  ])('knows whether anything behind a bad record is lost: %s', async (name, content, line) => {
    const { bad, brokenOff } = tallied(NOTHING_READ, await readAll(name, makeWorkspace({ [name]: content })));
    expect(bad).toBe(1);
    expect(brokenOff.map((each) => [each.file, each.line])).toEqual(line === null ? [] : [[name, line]]);
  });

  it('counts what it read', async () => {
    const folder = makeWorkspace({
      'a.jsonl': `${record('one')}\nno\n${record('two')}\n${record('three')}\n`,
    });
    const tally = tallied(NOTHING_READ, await readAll('a.jsonl', folder));
    expect(tally).toEqual({ conversations: 3, bad: 1, brokenOff: [] });
    expect(badShare(tally)).toBe(0.25);
    const rest: BadRecord = { kind: 'bad', file: 'b.csv', line: 9, what: 'is cut off', endsFile: true };
    const broken = tallied(tally, [rest]);
    expect(broken).toEqual({ conversations: 3, bad: 2, brokenOff: [rest] });
    expect(brokenOffProblems(broken, 0.99)).toMatchObject([{ file: 'b.csv', line: 9 }]);
    expect(brokenOffProblems(broken, 1)).toEqual([]);
    expect(brokenOffProblems(tally, 0)).toEqual([]);
    expect(badShare({ conversations: 0, bad: 0 })).toBe(0);
  });

  it.runIf(existsSync(SAMPLE))('reads the sample of hh-rlhf without a bad record', async () => {
    const records = await readAll(SAMPLE, REPOSITORY);
    expect(records.filter(({ kind }) => kind === 'bad')).toEqual([]);
    const conversations = records.flatMap((one) => (one.kind === 'bad' ? [] : [one.conversation]));
    expect(conversations).toHaveLength(2312);
    expect(new Set(conversations.map(({ id }) => id)).size).toBe(2312);
    const roles = conversations.flatMap(({ messages }) => messages.map(({ role }) => role));
    expect(roles.filter((role) => role === 'user')).toHaveLength(5756);
    expect(roles.filter((role) => role === 'assistant')).toHaveLength(5760);
  });
});
