import { rmSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { inShort, readAll } from '../../test/corpus-files.ts';
import { makeWorkspace } from '../../test/workspace.ts';
import { findCorpusFiles } from './find-files.ts';
import { parseMapping } from './mapping.ts';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function read(text: string | Buffer, map?: string): Promise<string[]> {
  folder = makeWorkspace({ 'a.csv': text });
  const records = await readAll('a.csv', folder, map === undefined ? null : parseMapping(map));
  return records.map(inShort);
}

const TALK = 'Human: hi\n\nAssistant: hello';

describe('CSV with a conversation a row', () => {
  it('has it as a transcript or as a JSON list', async () => {
    const list = JSON.stringify([{ role: 'user', content: 'hi, "you"' }]);
    const rows = [
      ['id', 'text'],
      ['c1', TALK],
      ['c2', list],
    ];
    expect(await read(stringify(rows))).toEqual(['c1: user hi | assistant hello', 'c2: user hi, "you"']);
  });

  it('may be cut by semicolons or tabs, end its lines with CR LF and begin with a mark', async () => {
    expect(await read('\ufeffid;text\r\nc1;"Human: a, b, c"\r\n')).toEqual(['c1: user a, b, c']);
    expect(await read('id\ttext\nc1\tHuman: a;b\n')).toEqual(['c1: user a;b']);
  });

  it('has its columns named by --map, dots and all', async () => {
    expect(await read('no.,said.by\n7,Human: hi\n', 'id=no.x,messages=said.by')).toEqual([
      expect.stringMatching(/^c[0-9a-f]{16}: user hi$/),
    ]);
  });

  it('names the line of each bad row, and reads on', async () => {
    expect(await read('id,text\nc1\n\nc2,plain\nc3,"Human: a\nb"\n')).toEqual([
      '!2 the row has 1 cells, and the header 2',
      '!4 holds no conversation in a form that is known',
      'c3: user a\nb',
    ]);
  });
});

describe('CSV with a message a row', () => {
  it('puts rows together by the id of their conversation', async () => {
    const text = 'id,role,content,lang\nc1,user,hi,en\nc1,assistant,=1+1,en\nc2,user," yes ",fr\n';
    expect(await read(text)).toEqual(['c1: user hi | assistant =1+1', 'c2: user  yes ']);
  });

  it('has its columns and its words for speakers named by --map', async () => {
    const text = 'chat,who,said\n1,customer,hi\n1,agent,hello\n';
    const map = 'id=chat,role=who,content=said,user=customer,assistant=agent';
    expect(await read(text, map)).toEqual(['1: user hi | assistant hello']);
  });

  it('refuses rows of a conversation that do not stand together', async () => {
    await expect(read('id,role,content\n1,user,a\n2,user,b\n1,assistant,c\n')).rejects.toThrow(
      'a.csv:4: the row belongs to a conversation of which other rows stand further up',
    );
  });

  it('ends at a faulty row, for nobody knows to which conversation it belongs', async () => {
    const text = 'id,role,content\n1,user,a\n2,user,b\n2,assistant\n2,user,c\n3,user,d\n';
    expect(await read(text)).toEqual(['1: user a', '!4 the row has 2 cells, and the header 3']);
    expect(await read('id,role,content\n1,user,a\n,user,b\n')).toEqual(['!3 the row names no conversation']);
  });
});

describe('CSV that cannot be read', () => {
  it.each([
    [
      'id,note\n1,x\n',
      '!1 has no column of conversations, nor columns of id, role and content (--map names them)',
    ],
    ['role,content\nuser,x\n', '!1 has no column of conversations, nor'],
    ['id,text,text\n1,x,y\n', '!1 has the column "text" twice'],
    ['id,text\n1,"Human: x\n', '!2 a quote is out of place, so that nothing from here on can be read'],
    [Buffer.from('id,text\n1,Human: \xff\n', 'latin1'), '!1 is not UTF-8 from about here on'],
  ])('is named: %j', async (text, expected) => {
    const records = await read(text);
    expect(records).toHaveLength(1);
    expect(records[0]).toContain(expected);
  });

  it('may be empty', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('id,text\n')).toEqual([]);
  });

  it('is passed over in a folder, where it may be anything', () => {
    folder = makeWorkspace({ 'corpus/a.csv': 'x', 'corpus/b.jsonl': '' });
    expect(findCorpusFiles('corpus', folder).map(({ shown }) => shown)).toEqual(['corpus/b.jsonl']);
  });
});

it('gives back every cell as it was written', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => /\S/.test(each));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (texts) => {
      const rows = texts.map((each, index) => [`c${index}`, 'user', each]);
      const records = await read(stringify([['id', 'role', 'content'], ...rows]));
      expect(records).toEqual(texts.map((each, index) => `c${index}: user ${each}`));
      rmSync(folder, { recursive: true });
    }),
    { numRuns: 50 },
  );
});
