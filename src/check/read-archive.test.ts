import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ZipEnd, type ZipEntry, zipOf } from '../../test/hostile-zip.ts';
import { REPOSITORY } from '../../test/workspace.ts';
import { InputError } from '../errors/errors.ts';
import { readArchive } from './read-archive.ts';

const MANY = 200 * 1024 * 1024;
const first: ZipEntry = { name: 'handover.json', content: '{}' };
const second: ZipEntry = { name: 'runs/mood.json', content: '{"a":1}'.repeat(50) };

async function filesOf(zip: Buffer): Promise<Record<string, string>> {
  return Object.fromEntries([...(await readArchive(zip))].map(([name, bytes]) => [name, bytes.toString()]));
}

/** What is said against an archive; null where it is read. */
async function refusalOf(zip: Buffer): Promise<string | null> {
  try {
    await readArchive(zip);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return String(error);
  }
}

const refusalOfEntries = (entries: readonly ZipEntry[], end?: ZipEnd) => refusalOf(zipOf(entries, end));

describe('an archive as a check leaves it', () => {
  it('is read, packed or stored, with or without an entry for the folder', async () => {
    const files = { 'handover.json': '{}', 'runs/mood.json': second.content };
    const folder: ZipEntry = { name: 'runs/', content: '', method: 0, mode: 0o040755 };
    expect(await filesOf(zipOf([first, second]))).toEqual(files);
    expect(await filesOf(zipOf([folder, { ...first, method: 0, mode: 0 }, second]))).toEqual(files);
    expect(await filesOf(zipOf([]))).toEqual({});
  });
});

describe('an entry that would go elsewhere', () => {
  it.each([
    '../handover.json',
    'runs/../../etc/passwd.json',
    '/handover.json',
    '/etc/cron.d/job',
    'C:\\handover.json',
    'C:handover.json',
    'runs\\mood.json',
    '..\\runs\\mood.json',
    './handover.json',
    'runs//mood.json',
    'runs/a/b.json',
    'runs/.json',
    'runs/mood.json/',
    'runs/mood.json\n',
    'handover.json\0.txt',
    '\ufeffhandover.json',
    'HANDOVER.JSON',
    'Runs/mood.json',
    'runs/Mood.json',
    'runs/mööd.json',
    'node_modules/x.js',
    'other/',
    '',
  ])('is refused by its name: %j', async (name) => {
    expect(await refusalOfEntries([first, { name, content: 'x' }])).toMatch(
      /has an entry ".*", where only handover\.json and runs\/SUITE\.json may be/,
    );
  });

  it('is refused where its name is not UTF-8', async () => {
    const name = Buffer.from('runs/m\xffd.json', 'latin1');
    expect(await refusalOfEntries([{ name, content: 'x' }])).toMatch(/name is not UTF-8/);
  });

  it('is shown without what could command a terminal, and cut', async () => {
    const said = await refusalOfEntries([{ name: `\u001b[31m\u202e${'x'.repeat(5000)}`, content: '' }]);
    expect(said).not.toMatch(/[\u001b\u202e]/);
    expect(said?.length).toBeLessThan(300);
  });
});

describe('an entry that is no plain file', () => {
  it.each([
    ['a symbolic link', 0o120777],
    ['a device', 0o060666],
    ['a pipe', 0o010666],
    ['a folder of the name of a file', 0o040755],
  ])('is refused: %s', async (_kind, mode) => {
    expect(await refusalOfEntries([{ ...first, content: '/etc/passwd', mode }])).toMatch(/is no plain file/);
  });

  it('is refused where it is encrypted, weakly or strongly, or packed by another method', async () => {
    expect(await refusalOfEntries([{ ...first, flags: 1 }])).toMatch(/is encrypted/);
    expect(await refusalOfEntries([{ ...first, flags: 0x41 }])).toMatch(/strong encryption/);
    expect(await refusalOfEntries([{ ...first, method: 12 }])).toMatch(/packed by method 12/);
  });

  it('is refused where a folder has content', async () => {
    expect(await refusalOfEntries([{ name: 'runs/', content: 'x', mode: 0o040755 }])).toMatch(
      /content of its own/,
    );
  });
});

describe('an archive that is too much', () => {
  const zeros = zipOf([{ ...first, content: Buffer.alloc(MANY) }]);

  it('is refused by what it says it unpacks to', async () => {
    expect(zeros.length).toBeLessThan(MANY / 500);
    expect(await refusalOf(zeros)).toMatch(/is larger than 65536 KiB/);
  });

  it('is refused where it says less than it unpacks to, as soon as more comes', async () => {
    const content = Buffer.alloc(MANY);
    expect(await refusalOfEntries([{ ...first, content, declaredSize: 10 }])).toMatch(
      /cannot be unpacked: "too many bytes in the stream/,
    );
  });

  it('is refused where it says more than there is', async () => {
    expect(await refusalOfEntries([{ ...first, declaredSize: 10 }])).toMatch(
      /not enough bytes in the stream/,
    );
  });

  it('is refused where many entries share the same bytes', async () => {
    const shared = Array.from({ length: 70 }, (_, index): ZipEntry => {
      const content = Buffer.alloc(1024 * 1024);
      return { name: `runs/a${index}.json`, content, ...(index === 0 ? {} : { sharedWith: 0 }) };
    });
    expect(await refusalOfEntries(shared)).toMatch(/is larger than/);
  });

  it('is refused for its own size before anything of it is read', async () => {
    await expect(readArchive(Buffer.alloc(101), { entries: 1, bytes: 100 })).rejects.toThrow(/is larger/);
  });

  it('is refused for 10,000 entries', async () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => ({
      name: `runs/a${index}.json`,
      content: '',
    }));
    expect(await refusalOfEntries(entries)).toMatch(/has 10000 entries, more than 80/);
  });
});

describe('an archive that is not whole', () => {
  const zip = zipOf([first, second]);

  it('is refused wherever it is cut', async () => {
    for (let length = 0; length < zip.length; length += 1) {
      expect(await refusalOf(zip.subarray(0, length))).toMatch(/is no ZIP archive|cannot be unpacked/);
    }
  });

  it('is refused with bytes after its end', async () => {
    expect(await refusalOfEntries([first], { trailing: Buffer.from('#!/bin/sh') })).toMatch(
      /is no ZIP archive/,
    );
  });

  it('is refused where it says it has more entries, or does not fit its checksum', async () => {
    expect(await refusalOfEntries([first], { entries: 2 })).toMatch(/is no ZIP archive/);
    expect(await refusalOfEntries([{ ...first, checksum: 1 }])).toMatch(/checksum is wrong/);
  });

  it('is refused with all that is wrong with its entries at once', async () => {
    const said = await refusalOfEntries([
      first,
      first,
      { name: '../x', content: '' },
      { ...second, flags: 1 },
    ]);
    expect(said?.split('\n')).toHaveLength(3);
    expect(said).toMatch(/has "handover\.json" twice/);
  });
});

describe('any bytes at all', () => {
  const valid = zipOf([
    first,
    { ...second, method: 0 },
    { name: 'runs/tone.json', content: 'x'.repeat(300) },
  ]);
  const contents = new Set(['{}', second.content, 'x'.repeat(300)]);

  it('are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(await refusalOf(Buffer.from(bytes))).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('put into a valid archive, give what was in it or are refused', async () => {
    const place = fc.nat({ max: valid.length - 1 });
    const change = fc.record({
      place,
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
      insert: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let zip = valid;
        for (const { place: at, bytes, insert } of changes) {
          const rest = zip.subarray(insert ? at : at + bytes.length);
          zip = Buffer.concat([zip.subarray(0, at), bytes, rest]);
        }
        const files = await filesOf(zip).catch((error: unknown) => {
          expect(error).toBeInstanceOf(InputError);
          return {};
        });
        for (const content of Object.values(files)) expect(contents).toContain(content);
      }),
      { numRuns: 2000 },
    );
  });

  it('are read by a process that may write no file', () => {
    const script = `
      import { readArchive } from './src/check/read-archive.ts';
      import { zipOf } from './test/hostile-zip.ts';
      const read = (name) =>
        readArchive(zipOf([{ name, content: 'x' }])).then((files) => [...files.keys()], ({ name }) => name);
      const said = await Promise.all(['runs/mood.json', '../x', '/tmp/x', 'x'].map(read));
      console.log(JSON.stringify([process.permission.has('fs.write'), ...said]));`;
    const options = ['--permission', '--allow-fs-read=*', '--input-type=module', '--eval', script];
    const said = execFileSync(process.execPath, options, { cwd: REPOSITORY, encoding: 'utf8' });
    const refused = 'InputError';
    expect(JSON.parse(said)).toEqual([false, ['runs/mood.json'], refused, refused, refused]);
  });
});
