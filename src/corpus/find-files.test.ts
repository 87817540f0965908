import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeWorkspace } from '../../test/workspace.ts';
import { InputError } from '../errors/errors.ts';
import { findCorpusFiles } from './find-files.ts';

const folder = makeWorkspace({
  'corpus/b.jsonl': '{}\n',
  'corpus/a/z.ndjson': '',
  'corpus/a/y.jsonl.gz': gzipSync('{}\n'),
  'corpus/README.md': 'About.',
  'corpus/._b.jsonl': 'left by a Mac',
  'corpus/_delta_log/x.jsonl': '{}\n',
  'a[1]*.jsonl': '{}\n',
  'empty/README.md': 'Nothing.',
  'wrong/a.jsonl': Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
  'wrong/b.jsonl': gzipSync('{}\n'),
  'wrong/c.jsonl.gz': '{}\n',
  'wrong/d.jsonl.zst': '{}\n',
  'wrong/e.parquet': '{}\n',
  'wrong/f.parquet': 'PARE and more',
  'wrong/g.jsonl': Buffer.from('28b52ffd00', 'hex'),
  'corpus.json': '[]',
});
mkdirSync(path.join(folder, 'folder.jsonl'));
symlinkSync('nowhere', path.join(folder, 'wrong', 'h.jsonl'));

const shown = (pattern: string) => findCorpusFiles(pattern, folder).map((file) => file.shown);
function problemsOf(pattern: string): string[] {
  try {
    findCorpusFiles(pattern, folder);
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ file, what }) => `${file} ${what}`);
    throw error;
  }
  return [];
}

describe('finding the files of a corpus', () => {
  it('takes one file, and says how long it is', () => {
    expect(findCorpusFiles('corpus/b.jsonl', folder)).toEqual([
      { path: path.join(folder, 'corpus', 'b.jsonl'), shown: 'corpus/b.jsonl', bytes: 3 },
    ]);
    expect(shown(path.join(folder, 'corpus', 'b.jsonl'))).toEqual(['corpus/b.jsonl']);
  });

  it('takes the corpus files of a folder at any depth, sorted, and passes over what is no data', () => {
    expect(shown('corpus')).toEqual(['corpus/a/y.jsonl.gz', 'corpus/a/z.ndjson', 'corpus/b.jsonl']);
  });

  it('takes what a glob matches, sorted, but no folder', () => {
    expect(shown('corpus/**/*.{ndjson,jsonl}')).toEqual([
      'corpus/_delta_log/x.jsonl',
      'corpus/a/z.ndjson',
      'corpus/b.jsonl',
    ]);
    expect(shown('*.jsonl')).toEqual(['a[1]*.jsonl']);
  });

  it('takes a file whose name looks like a glob for that file', () => {
    expect(shown('a[1]*.jsonl')).toEqual(['a[1]*.jsonl']);
  });

  it('says when there is none', () => {
    expect(problemsOf('nowhere')).toEqual([
      'nowhere there is no such file or folder, and nothing matches it',
    ]);
    expect(problemsOf('no/**/*.jsonl')).toEqual([
      'no/**/*.jsonl there is no such file or folder, and nothing matches it',
    ]);
    expect(problemsOf('empty')).toEqual(['empty the folder has no corpus files']);
  });

  it('names every file that is not what its name says, at once', () => {
    expect(problemsOf('wrong')).toEqual([
      'wrong/a.jsonl is UTF-16, not UTF-8',
      'wrong/b.jsonl is gzip, not plain text',
      'wrong/c.jsonl.gz is not gzip',
      'wrong/d.jsonl.zst is not Zstandard',
      'wrong/e.parquet is not Parquet',
      'wrong/f.parquet is encrypted Parquet',
      'wrong/g.jsonl is Zstandard, not plain text',
      'wrong/h.jsonl there is no such file',
    ]);
  });

  it('refuses a kind that is not read, and tells how to turn a JSON array into lines', () => {
    expect(problemsOf('corpus/README.md')).toEqual(['corpus/README.md is of a kind that is not read']);
    expect(() => findCorpusFiles('corpus.json', folder)).toThrow('jq -c');
  });
});
