import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import Type from 'typebox';
import { afterAll, describe, expect, it } from 'vitest';
import {
  answered,
  failed,
  HOSTILE,
  newFolder,
  removeFolders,
  STUDY,
  TASKS,
  writeResults,
} from '../../../test/study-results.ts';
import type { StudiedConversation } from '../ask-conversation.ts';
import { countResults } from './count-results.ts';
import { openResults } from './open-results.ts';
import { readingResults } from './read-results.ts';
import { sqlPath } from './sql-text.ts';

const Rows = Type.Array(Type.Record(Type.String(), Type.Unknown()));

function rowsOf(folder: string, suite: string) {
  const files = sqlPath(path.join(folder, 'results', `${suite}-00001.parquet`));
  return readingResults(folder, (database) =>
    database.rows(Rows, `SELECT * FROM read_parquet(${files}, hive_partitioning = false)`),
  );
}

function conversation(given: Partial<StudiedConversation>): StudiedConversation {
  return {
    ...{ conversation: 'c1', file: 'corpus.jsonl', line: 1, humanMessages: 5, cut: false, left: null },
    answer: answered({ primary: 'coaching', topics: ['coaching'], status: false }),
    further: [],
    ...given,
  };
}

const conversationsIn = async (folder: string) =>
  (await countResults(folder, STUDY, TASKS)).corpus.conversations;

/** Runs a module's text in a process of its own, until it has said something or has ended. */
function runUntilItSpeaks(source: string): Promise<{ said: string; kill(): Promise<unknown> }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    cwd: path.resolve(import.meta.dirname, '../../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<string>((resolve) => child.on('close', (code) => resolve(`ended ${code}`)));
  const kill = () => {
    child.kill('SIGKILL');
    return ended;
  };
  const spoken = new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(String(text))));
  return Promise.race([spoken, ended]).then((said) => ({ said, kill }));
}

const IMPORTS = `
  import { openResults } from './src/study/results/open-results.ts';
  import { STUDY, TASKS } from './test/study-results.ts';
  const row = (index) => ({ conversation: 'k' + index, file: 'f', line: index, humanMessages: 1, cut: false,
    answer: { status: 'refused' }, left: 'no answer', further: [] });`;

afterAll(removeFolders);

describe('openResults', () => {
  it('writes what it is given: hostile text, null, empty lists, whatever the folder is called', async () => {
    const texts = [`it's "x"; DROP TABLE part_0; --`, 'two\nlines\0and\ttabs\r\n', '👩‍👧 ‮ é', '$1 ? :a', ''];
    for (const name of [`it's "here"`, 'year=2026', 'a[b]*?{c}', '*.parquet', 'ünï 👩‍👧']) {
      const folder = newFolder(name);
      await writeResults(
        folder,
        texts.map((text, index) => conversation({ conversation: text, file: text, line: index })),
      );
      const rows = await rowsOf(folder, 'why');
      expect(rows.map((row) => [row.conversation, row.file, row.line])).toEqual(
        texts.map((text, index) => [text, text, index]),
      );
    }
  });

  it('has a column per field asked, null where it was not answered', async () => {
    const folder = newFolder();
    const resists = answered({ resists: false, reason: 'harm' });
    await writeResults(folder, [
      conversation({
        answer: answered({ primary: HOSTILE, topics: [HOSTILE, 'company'], status: true }),
        further: [
          { suite: 'resist', window: null, answer: resists },
          { suite: 'resist', window: null, answer: resists },
          { suite: 'tone', window: 'opening', answer: answered({ tone: 'low' }) },
        ],
      }),
      conversation({
        answer: failed('refused'),
        left: 'no answer',
        humanMessages: 0,
        cut: true,
        line: 2 ** 40,
      }),
    ]);
    const place = { conversation: 'c1', file: 'corpus.jsonl', line: 1 };
    expect(await rowsOf(folder, 'why')).toEqual([
      {
        ...{
          ...place,
          human_messages: 5,
          status: 'answered',
          primary: HOSTILE,
          topics: [HOSTILE, 'company'],
        },
        ...{ 'why.status': true, left: null, cut: false },
      },
      {
        ...{ ...place, line: 2 ** 40, human_messages: 0, status: 'refused', primary: null, topics: null },
        ...{ 'why.status': null, left: 'no answer', cut: true },
      },
    ]);
    expect(await rowsOf(folder, 'resist')).toEqual([
      { ...place, window: null, status: 'answered', resists: false, reason: null },
    ]);
    expect(await rowsOf(folder, 'tone')).toEqual([
      { ...place, window: 'opening', status: 'answered', tone: 'low' },
    ]);
  });

  it('writes halves of surrogate pairs as U+FFFD', async () => {
    const folder = newFolder();
    await writeResults(folder, [conversation({ file: 'a\ud800b\udc00' })]);
    expect((await rowsOf(folder, 'why'))[0]?.file).toBe('a\ufffdb\ufffd');
  });

  it('keeps rows in their order over chunks and files', async () => {
    const folder = newFolder();
    const writer = await openResults(folder, STUDY, TASKS);
    const total = 250_000;
    const answers = [failed('invalid'), conversation({}).answer];
    for (let line = 0; line < total; line += 1000) {
      const rows = Array.from({ length: 1000 }, (_, i) =>
        conversation({
          conversation: `c${line + i}`,
          line: line + i,
          answer: answers[i % 2] ?? expect.fail(),
        }),
      );
      await writer.add(rows);
    }
    await writer.finish();
    expect(readdirSync(path.join(folder, 'results'))).toEqual([
      ...['resist-00001.parquet', 'tone-00001.parquet', 'why-00001.parquet', 'why-00002.parquet'],
    ]);
    const [check] = await readingResults(folder, (database) =>
      database.rows(
        Rows,
        `SELECT count(*) AS count, max(line) AS last, count(topics) AS topics,
          bool_and(line = place AND (status = 'answered') = (line % 2 = 1) AND (topics IS NULL) = (line % 2 = 0)
            AND conversation = 'c' || line) AS ordered
        FROM (SELECT *, row_number() OVER (ORDER BY filename, file_row_number) - 1 AS place
          FROM read_parquet(${sqlPath(path.join(folder, 'results')).slice(0, -1)}/why-*.parquet'))`,
      ),
    );
    expect(check).toEqual({ count: total, last: total - 1, topics: total / 2, ordered: true });
  });

  it('takes the place of the earlier files only when it is finished', async () => {
    const folder = newFolder();
    await writeResults(folder, [conversation({})]);
    const unfinished = await openResults(folder, STUDY, TASKS);
    await unfinished.add([conversation({}), conversation({ conversation: 'c2' })]);
    expect(await conversationsIn(folder)).toBe(1);
    unfinished.abandon();
    expect(await conversationsIn(folder)).toBe(1);
    expect(readdirSync(folder)).toEqual(['results']);
    await writeResults(folder, [conversation({}), conversation({ conversation: 'c2' })]);
    expect(await conversationsIn(folder)).toBe(2);
    expect(readdirSync(folder)).toEqual(['results']);
  });

  it('leaves the earlier files to a reader when it is killed in the middle, and begins anew', async () => {
    const folder = newFolder(`it's`);
    await writeResults(folder, [conversation({})]);
    const { said, kill } = await runUntilItSpeaks(`${IMPORTS}
      const writer = await openResults(${JSON.stringify(folder)}, STUDY, TASKS);
      await writer.add(Array.from({ length: 250_000 }, (_, index) => row(index)));
      console.log('a file is written');
      setInterval(() => {}, 1000);`);
    expect(said).toBe('a file is written\n');
    await kill();
    expect(readdirSync(folder).sort()).toEqual(['results', 'results.part']);
    expect(readdirSync(path.join(folder, 'results.part'))).toContain('why-00001.parquet');
    expect(await conversationsIn(folder)).toBe(1);
    await writeResults(folder, [conversation({}), conversation({ conversation: 'c2' })]);
    expect(await conversationsIn(folder)).toBe(2);
    expect(readdirSync(folder)).toEqual(['results']);
  });

  it('leaves the earlier files to a reader when it is killed while the new ones take their place', async () => {
    const folder = newFolder();
    await writeResults(folder, [conversation({})]);
    renameSync(path.join(folder, 'results'), path.join(folder, 'results.old'));
    mkdirSync(path.join(folder, 'results.part'));
    expect(await conversationsIn(folder)).toBe(1);
    (await openResults(folder, STUDY, TASKS)).abandon();
    expect(readdirSync(folder)).toEqual(['results']);
  });

  it.each(['finish', 'abandon'])('lets the process end after %s', async (end) => {
    const folder = newFolder();
    const { said } = await runUntilItSpeaks(`${IMPORTS}
      const writer = await openResults(${JSON.stringify(folder)}, STUDY, TASKS);
      await writer.add([row(1), row(2)]);
      await writer.${end}();`);
    expect(said).toBe('ended 0');
  });
});
