import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { touchstone } from './command.ts';
import { writeParquet } from './corpus-files.ts';
import { copyShippedProject, REPOSITORY } from './workspace.ts';

let root = '';
beforeEach(() => {
  root = copyShippedProject();
  for (const file of ['conversations', 'labels/affective', 'labels/pushback', 'labels/sentiment'])
    keep(`goldens/${file}.jsonl`, ['c0002', 'c0004', 'c0540']);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A few goldens are soon read. */
function keep(name: string, ids: readonly string[]): void {
  const file = path.join(root, name);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const kept = lines.filter((line) => ids.includes(JSON.parse(line).id));
  writeFileSync(file, `${kept.join('\n')}\n`);
}

const QUESTION = 'Could you tell me how long a sourdough loaf keeps once it has been cut in half?';
const TALK = [
  { role: 'user', content: QUESTION },
  { role: 'assistant', content: 'Three days, in cloth.' },
];

function write(name: string, content: string | Buffer): void {
  writeFileSync(path.join(root, name), content);
}

function linesOf(file: string): Record<string, unknown>[] {
  const text = readFileSync(path.join(root, 'goldens', file), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const add = (...args: string[]) => touchstone(['goldens', 'add', ...args], { cwd: root });
const last = () => linesOf('conversations.jsonl').at(-1);

/** The number after the highest one that the shipped goldens have. */
function nextId(offset = 1): string {
  const numbers = linesOf('conversations.jsonl').map(({ id }) => Number(String(id).slice(1)));
  return `c${String(Math.max(...numbers) + offset).padStart(4, '0')}`;
}

describe('conversations become goldens', () => {
  it('with new ids, as open cases, without a change to any byte before', async () => {
    const before = readFileSync(path.join(root, 'goldens/conversations.jsonl'), 'utf8');
    const [first, second] = [nextId(), nextId(2)];
    const turns = Array.from({ length: 11 }, (_, index) => ({
      ...TALK[index % 2],
      content: `turn ${index}`,
    }));
    const records = [
      { id: 'anna@example.org', lang: 'en', tags: ['noisy'], messages: TALK },
      { id: '2', messages: turns },
    ];
    write('new.jsonl', records.map((each) => JSON.stringify(each)).join('\n'));
    const { code, out } = await add('new.jsonl', '--tag', 'new');
    expect(code).toBe(0);
    expect(out).toContain(`${first}  new.jsonl:1  was "anna@example.org"`);
    expect(out).toContain('touchstone goldens label');
    const after = readFileSync(path.join(root, 'goldens/conversations.jsonl'), 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(linesOf('conversations.jsonl').slice(-2)).toEqual([
      { id: first, lang: 'en', family: first, tags: ['noisy', 'new'], messages: TALK },
      { id: second, lang: 'und', family: second, tags: ['new'], messages: turns },
    ]);
    expect(linesOf('open/affective.jsonl')).toEqual([{ id: first }, { id: second }]);
    expect(linesOf('open/sentiment.jsonl')).toEqual([
      { id: first, window: 'opening' },
      { id: second, window: 'opening' },
      { id: second, window: 'closing' },
    ]);
    const run = await touchstone(['run', 'pushback', '--filter', 'id:c0002'], { cwd: root });
    expect(`${run.code} ${run.err}`).toMatch(/^0 /);
  });

  it('from every format', async () => {
    const talk = (name: string) => [
      { role: 'user', content: `Which ${name} is it?` },
      { role: 'assistant', content: 'The "first", I think.' },
    ];
    const transcript = (name: string) =>
      `\n\nHuman: Which ${name} is it?\n\nAssistant: The "first", I think.`;
    const blocks = talk('blocks.jsonl').map(({ role, content }) => ({
      role,
      content: [{ type: 'text', text: content }],
    }));
    const turns = talk('share.jsonl').map(({ role, content }) => ({ from: role, value: content }));
    const [said, answered] = ['Which rows.csv is it?', '"The ""first"", I think."'];
    const files: Record<string, string | Buffer> = {
      'share.jsonl': JSON.stringify({ conversations: turns }),
      'hh.jsonl': JSON.stringify({ chosen: transcript('hh.jsonl') }),
      'blocks.jsonl': JSON.stringify({ messages: blocks }),
      'packed.jsonl.gz': gzipSync(JSON.stringify({ messages: talk('packed.jsonl.gz') })),
      'talk.csv': `no;transcript\n1;"${transcript('talk.csv').replaceAll('"', '""')}"\n`,
      'rows.csv': `id,role,content,lang\n9,user,${said},de\n9,assistant,${answered},de\n`,
      'list.json': JSON.stringify([{ messages: talk('list.json') }]),
      'one.json': JSON.stringify(talk('one.json')),
    };
    for (const [name, content] of Object.entries(files)) write(name, content);
    const { code, err } = await add(...Object.keys(files), '--lang', 'en');
    expect(`${code} ${err}`).toBe('0 ');
    const added = linesOf('conversations.jsonl').slice(-8);
    expect(added.map(({ messages }) => messages)).toEqual(Object.keys(files).map(talk));
    expect(added.map(({ lang }) => lang)).toEqual(['en', 'en', 'en', 'en', 'en', 'de', 'en', 'en']);
  });

  it('from Parquet, with what its other columns say', async () => {
    const messages = TALK.map(({ role, content }) => `{'role': '${role}', 'content': '${content}'}`);
    await writeParquet(
      path.join(root, 'a.parquet'),
      `select 7 as id, 'fr' as language, ['pair'] as tags, [${messages.join(', ')}] as messages`,
    );
    expect((await add('a.parquet')).code).toBe(0);
    expect(last()).toMatchObject({ lang: 'fr', tags: ['pair'], messages: TALK });
  });

  it('in a project that has none yet', async () => {
    rmSync(path.join(root, 'goldens'), { recursive: true });
    write('new.jsonl', JSON.stringify({ messages: TALK }));
    expect((await add('new.jsonl')).code).toBe(0);
    expect(readFileSync(path.join(root, 'goldens/conversations.jsonl'), 'utf8')).toMatch(
      /^\{"id":"c0001".*\}\n$/,
    );
    const { code, out } = await touchstone(['goldens', 'agreement'], { cwd: root });
    expect(`${code} ${out}`).toContain('0 affective  1 case, 1 of them open\n  no votes');
  });

  it('with hostile text byte for byte, of which the terminal shows nothing', async () => {
    const content = '=HYPERLINK("x")\u0007\u001b[2J\u202e{{env}} file:///etc/passwd \ud800 \u2028';
    write('new.jsonl', JSON.stringify({ id: '\u001b[31m\u202e', messages: [{ role: 'user', content }] }));
    const { code, out } = await add('new.jsonl');
    expect(code).toBe(0);
    expect(last()).toMatchObject({ messages: [{ role: 'user', content }] });
    expect(out).not.toMatch(/[\u001b\u202e]/);
  });

  it('names the first twenty, and how many more there are', async () => {
    const talks = Array.from({ length: 22 }, (_, at) => [{ role: 'user', content: `${QUESTION} ${at}` }]);
    write('new.jsonl', talks.map((messages) => JSON.stringify({ messages })).join('\n'));
    const { out } = await add('new.jsonl', '--allow-near');
    expect(out).toMatch(/^22 conversations added\n/);
    expect(out.match(/new\.jsonl:\d+/g)).toHaveLength(20);
    expect(out).toContain('\n  and 2 more (--json has all)\n');
  });

  it('or would, where nothing is to be written', async () => {
    write('new.jsonl', JSON.stringify({ messages: TALK }));
    const { out } = await add('new.jsonl', '--dry-run', '--json');
    expect(JSON.parse(out)).toMatchObject({
      touchstone: 'goldens-added',
      version: 1,
      written: false,
      added: [{ id: nextId(), from: { file: 'new.jsonl', line: 1, id: null } }],
    });
    expect(readdirSync(path.join(root, 'goldens'))).not.toContain('open');
  });
});

describe('what cannot be a golden', () => {
  const golden = () => linesOf('conversations.jsonl')[0];

  it('is all named at once, and nothing is written', async () => {
    const near = JSON.parse(JSON.stringify(golden()).replace('Need to decide', 'I need to decide'));
    const records = [
      golden(),
      near,
      { messages: TALK },
      { messages: TALK },
      { messages: [...TALK, TALK[1]] },
      { text: 'no turns' },
    ];
    write('new.jsonl', records.map((each) => JSON.stringify(each)).join('\n'));
    const { code, err } = await add('new.jsonl');
    expect(code).toBe(2);
    expect(err.trimEnd().split('\n')).toEqual([
      'new.jsonl:1: says the same as the golden c0002. Leave it out: --skip-bad does.',
      expect.stringMatching(/^new.jsonl:2: says nearly the same as the golden c0\d+ \(similarity 0.[89]\d\)/),
      'new.jsonl:4: says the same as new.jsonl:3. Leave it out: --skip-bad does.',
      expect.stringMatching(
        /^new.jsonl:5: message 3 is the assistant's, like the one before it.*--merge-turns/,
      ),
      expect.stringMatching(/^new.jsonl:6: holds no conversation in a form that is known/),
      '5 problems; nothing was run.',
    ]);
    expect(readdirSync(path.join(root, 'goldens'))).not.toContain('open');

    const taken = await add('new.jsonl', '--skip-bad', '--allow-near', '--merge-turns', '--json');
    expect(JSON.parse(taken.out)).toMatchObject({
      added: [{ from: { line: 2 } }, { from: { line: 3 } }, { from: { line: 5 }, merged: 1 }],
      leftOut: [{ line: 1 }, { line: 4 }, { line: 6 }],
    });
  });

  it('is refused with the options that are wrong', async () => {
    write('new.jsonl', JSON.stringify({ messages: TALK }));
    const { code, err } = await add('new.jsonl', '--lang', 'English', '--tag', 'A b', '--family', '../x');
    expect(code).toBe(2);
    expect(err).toMatch(/--family: .*\n--lang: .*language tag such as en.*\n--tag: .*\n3 problems/);
  });

  it('includes whatever would be added to broken goldens', async () => {
    write('goldens/conversations.jsonl', Buffer.from('{"id": "c1\xff"}\n', 'latin1'));
    write('new.jsonl', JSON.stringify({ messages: TALK }));
    const { code, err } = await add('new.jsonl');
    expect(`${code} ${err}`).toContain('2 goldens/conversations.jsonl:1: the line is not UTF-8');
  });

  it('includes a file without a record', async () => {
    write('new.jsonl', '\n');
    expect((await add('new.jsonl')).err).toContain('new.jsonl: holds no record');
  });
});

it('leaves whole files behind when it is killed, and the same command completes them', async () => {
  write('new.jsonl', JSON.stringify({ messages: TALK }));
  const id = nextId();
  const child = spawn(
    process.execPath,
    [path.join(REPOSITORY, 'bin', 'touchstone.js'), 'goldens', 'add', 'new.jsonl'],
    {
      cwd: root,
      stdio: 'ignore',
    },
  );
  // The first file written beside its place.
  const watcher = watch(path.join(root, 'goldens'), () => child.kill('SIGKILL'));
  await new Promise((resolve) => child.on('close', resolve));
  watcher.close();
  const again = await add('new.jsonl');
  if (again.code !== 0) expect(again.err).toContain(`says the same as the golden ${id}`);
  expect(last()).toMatchObject({ id, messages: TALK });
  for (const labels of ['affective', 'pushback', 'sentiment'])
    expect(linesOf(`open/${labels}.jsonl`).map((line) => line.id)).toEqual([id]);
});

it('completes what a killed one had begun: open lines without their conversation', async () => {
  const id = nextId();
  write('new.jsonl', JSON.stringify({ messages: TALK }));
  const before = readFileSync(path.join(root, 'goldens/conversations.jsonl'));
  expect((await add('new.jsonl')).code).toBe(0);
  writeFileSync(path.join(root, 'goldens/conversations.jsonl'), before);
  expect((await add('new.jsonl')).code).toBe(0);
  expect(last()).toMatchObject({ id });
  expect(linesOf('open/affective.jsonl')).toEqual([{ id }]);
});
