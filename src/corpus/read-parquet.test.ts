import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inShort, readAll, writeParquet } from '../../test/corpus-files.ts';
import { makeWorkspace } from '../../test/workspace.ts';
import { findCorpusFiles } from './find-files.ts';
import { parseMapping } from './mapping.ts';
import { readCorpus } from './read-corpus.ts';

const folder = makeWorkspace({});
const read = async (query: string, map: string | null = null, name = 'a.parquet') => {
  await writeParquet(path.join(folder, name), query);
  return (await readAll(name, folder, map === null ? null : parseMapping(map))).map(inShort);
};
const LIST = "[{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': 'b'}]";

describe('reading a corpus in Parquet', () => {
  it('reads lists of structs, lists as JSON, bytes and transcripts', async () => {
    const expected = ['x: user a | assistant b'];
    expect(await read(`select 'x' as id, ${LIST} as messages`)).toEqual(expected);
    expect(await read(`select 'x' as id, to_json(${LIST})::varchar as conversations`)).toEqual(expected);
    expect(await read(`select 'x' as id, to_json(${LIST}) as conversation`)).toEqual(expected);
    expect(await read(`select 'x' as id, encode(to_json(${LIST})::varchar) as messages`)).toEqual(expected);
    expect(await read(`select 'x' as id, 'Human: a\n\nAssistant: b' as chosen, 1 as other`)).toEqual(
      expected,
    );
  });

  it('keeps the order of the rows, counts them from one and can be left early', async () => {
    const query = "select i as id, 'Human: ' || i as text from range(5000) rows(i)";
    await writeParquet(path.join(folder, 'rows.parquet'), query);
    const records = await readAll('rows.parquet', folder);
    expect(records.map(inShort)).toEqual(
      Array.from({ length: 5000 }, (_, index) => `${index}: user ${index}`),
    );
    for await (const batch of readCorpus(findCorpusFiles('rows.parquet', folder), { mapping: null })) {
      expect(batch).toHaveLength(512);
      break;
    }
    expect(records[4999]).toMatchObject({ conversation: { position: { file: 'rows.parquet', line: 5000 } } });
  });

  it('keeps a number exact that JSON would round, and a message beside a NaN', async () => {
    const list = "[{'role': 'user', 'content': 'a', 'score': 'nan'::double, 'kind': 'FLOAT'::enum('FLOAT')}]";
    expect(await read(`select 12345678901234567890::ubigint as id, ${list} as messages`)).toEqual([
      '12345678901234567890: user a',
    ]);
  });

  it('counts an empty or wrong row as bad, and reads on', async () => {
    const rows = ["'x', null", "'y', '[]'", "null, '[1]'", `'z', to_json(${LIST})::varchar`];
    const query = rows.map((row) => `select ${row}`).join(' union all ');
    expect(await read(`select * from (${query}) rows(id, messages)`)).toEqual([
      '!1 holds no conversation in a form that is known',
      '!2 there is no message of the user',
      '!3 message 1 is no object',
      'z: user a | assistant b',
    ]);
    const bytes = `select '\\xFF'::blob as messages union all select encode(to_json(${LIST})::varchar)`;
    expect(await read(bytes)).toEqual([
      '!1 holds no conversation in a form that is known',
      expect.stringContaining('user a'),
    ]);
  });

  it('reads other columns by a mapping, whatever their names', async () => {
    const turns = "[{'by': 'U', 'words': 'a'}, {'by': 'B', 'words': 'b'}]";
    const query = `select ${turns} as "it's ""x""", {'uuid': 'k'} as meta`;
    const map = `messages=it's "x",role=by,content=words,user=U,assistant=B,id=meta.uuid`;
    expect(await read(query, map)).toEqual(['k: user a | assistant b']);
  });

  it('reads the file of that name alone, whatever characters it has', async () => {
    mkdirSync(path.join(folder, 'id=1'), { recursive: true });
    await writeParquet(path.join(folder, 'id=1', 'abc.parquet'), "select 'wrong' as id, 'Human: no' as text");
    for (const name of ['a[b]c.parquet', 'a*.parquet', "a'; drop.parquet", 'a?c.parquet'])
      expect(await read("select 'x' as id, 'Human: a' as text", null, path.join('id=1', name))).toEqual([
        'x: user a',
      ]);
  });

  it('refuses a damaged file and one without a fitting column before anything is read', async () => {
    await writeParquet(path.join(folder, 'whole.parquet'), "select 'x' as id, 'Human: a' as text");
    await writeParquet(path.join(folder, 'other.parquet'), "select 'x' as id, 'a' as body");
    const bytes = readFileSync(path.join(folder, 'whole.parquet'));
    writeFileSync(path.join(folder, 'cut.parquet'), bytes.subarray(0, -20));
    const first = (pattern: string, map: string | null) =>
      readCorpus(findCorpusFiles(pattern, folder), {
        mapping: map === null ? null : parseMapping(map),
      }).next();
    await expect(first('{cut,other,whole}.parquet', null)).rejects.toThrow(
      /^cut\.parquet: is damaged.*\nother\.parquet: has no column that is known.*"id", "body".*$/,
    );
    await expect(first('whole.parquet', 'messages=turns')).rejects.toThrow('has no column "turns"');
    await writeParquet(path.join(folder, 'rows.parquet'), "select 'x' as id, 'user' as role, 'a' as content");
    await expect(first('rows.parquet', null)).rejects.toThrow(/one message a row.*as a list/);
  });

  it('gives one bad record where the data inside is damaged', async () => {
    const file = path.join(folder, 'inside.parquet');
    await writeParquet(file, "select i as id, 'Human: ' || md5(i::varchar) as text from range(3000) rows(i)");
    const bytes = readFileSync(file);
    bytes.fill(0xff, 20, bytes.length - 2000);
    writeFileSync(file, bytes);
    expect((await readAll('inside.parquet', folder)).map(inShort)).toEqual([
      '!1 the Parquet data cannot be read from here on',
    ]);
  });
});
