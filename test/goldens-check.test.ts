import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../src/goldens-check/finding.ts';
import { touchstone } from './command.ts';
import { copyShippedProject, makeWorkspace } from './workspace.ts';

const LONG =
  'My manager reads my messages aloud in meetings and I do not know how to make her stop, because everybody laughs and nobody says that it is wrong to do so.';
const OTHER =
  'Please write a poem of four lines about a lighthouse keeper who has never seen the sea by day, with a rhyme at the end of every second line, and no adjectives.';
const KEY = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');

interface Golden {
  id: string;
  text: string;
  mood?: string;
  family?: string;
  lang?: string;
  tags?: string[];
}

/** A project with a suite `mood` and the goldens given, a user message each. */
function projectOf(goldens: readonly Golden[], files: Record<string, unknown> = {}): string {
  return makeWorkspace({
    'prompts/mood.md':
      '---\nmax_tokens: 100\nquestion: Which mood? Answer with `mood`.\n---\nLabel the mood: low or high.\n',
    'suites/mood.yaml': [
      'name: mood',
      'prompt: prompts/mood.md',
      'fields:',
      '  mood: { kind: nominal, labels: [low, high] }',
      'headline: mood.accuracy',
      'rules:',
      '  - { rule: floor, metric: mood.accuracy, min: 0 }',
      '',
    ].join('\n'),
    'goldens/conversations.jsonl': goldens.map(({ id, text, family = id, lang = 'en', tags = [] }) => {
      return { id, lang, family, tags, messages: [{ role: 'user', content: text }] };
    }),
    'goldens/labels/mood.jsonl': goldens.map(({ id, mood = 'low' }) => ({ id, mood })),
    ...files,
  });
}

async function findingsOf(
  cwd: string,
  ...args: string[]
): Promise<{ code: number | null; findings: Finding[] }> {
  const { code, out, err } = await touchstone(['goldens', 'check', '--json', ...args], { cwd });
  expect(err).toBe('');
  const record = JSON.parse(out);
  expect(record).toMatchObject({ touchstone: 'goldens-check', version: 1 });
  return { code, findings: record.findings };
}

/** Thin cells apart, which so few goldens are all. */
function withoutThin(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ section }) => section !== 'thin');
}

describe('touchstone goldens check', () => {
  it('finds no error in the shipped goldens, and quotes nothing of them', async () => {
    const cwd = copyShippedProject();
    const { code, out } = await touchstone(['goldens', 'check'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('Schema: nothing found');
    expect(out).toContain('affective.primary: ');
    const strict = await touchstone(['goldens', 'check', '--strict'], { cwd });
    expect(strict.code).toBe(1);
  });

  it('calls the same text in two families an error, nearly the same a warning, and a family its own affair', async () => {
    const cwd = projectOf([
      { id: 'a', text: LONG },
      { id: 'b', text: LONG.toUpperCase() },
      { id: 'c', text: LONG.replace('laughs', 'giggles'), mood: 'high' },
      { id: 'd', text: OTHER, family: 'poem' },
      { id: 'e', text: OTHER.replace('four', 'six'), family: 'poem' },
      { id: 'f', text: OTHER, family: 'poem' },
      { id: 'g', text: 'thanks', family: 'thanks' },
      { id: 'h', text: ' Thanks', family: 'thanks', mood: 'high' },
    ]);
    const { code, findings } = await findingsOf(cwd);
    expect(code).toBe(1);
    expect(withoutThin(findings)).toEqual([
      expect.objectContaining({ ids: ['a', 'b'], kind: 'identical', severity: 'error', differ: [] }),
      expect.objectContaining({ ids: ['a', 'c'], kind: 'near', severity: 'warning', differ: ['mood.mood'] }),
      expect.objectContaining({ ids: ['b', 'c'], kind: 'near', severity: 'warning' }),
      expect.objectContaining({ ids: ['d', 'f'], kind: 'identical', severity: 'warning', sameFamily: true }),
      expect.objectContaining({
        ids: ['g', 'h'],
        kind: 'identical',
        severity: 'error',
        differ: ['mood.mood'],
      }),
    ]);
    const { out } = await touchstone(['goldens', 'check', '--with-text'], { cwd });
    expect(out).toMatch(/- … .*laughs/);
    expect(out).toMatch(/\+ … .*giggles/);
  });

  it('lists what is wrong with the files, and goes on with what is sound', async () => {
    const cwd = projectOf([{ id: 'a', text: LONG }]);
    const file = path.join(cwd, 'goldens', 'conversations.jsonl');
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"id":"b","lang":"en"}\nno json\n`);
    writeFileSync(path.join(cwd, 'goldens', 'labels', 'mood.jsonl'), '{"id":"a","mood":"lwo"}\n');
    const { code, findings } = await findingsOf(cwd);
    expect(code).toBe(1);
    const schema = findings.flatMap((finding) => (finding.section === 'schema' ? [finding] : []));
    expect(schema.map(({ file: where, line }) => `${where}:${line}`)).toEqual([
      ...Array(3).fill('goldens/conversations.jsonl:2'),
      'goldens/conversations.jsonl:3',
      'goldens/labels/mood.jsonl:1',
    ]);
  });

  it('finds a golden in a prompt, by file and line', async () => {
    const text = `Label the mood: low or high.\n\n## Examples\n\n- "${LONG}" is low.\n- "What a day!" is high.\n`;
    const cwd = projectOf([{ id: 'a', text: LONG }], {
      'prompts/mood.md': `---\nmax_tokens: 100\nquestion: Which mood?\n---\n${text}`,
    });
    const { code, findings } = await findingsOf(cwd);
    expect(code).toBe(1);
    expect(withoutThin(findings)).toMatchObject([
      { section: 'leaks', severity: 'error', where: 'prompts/mood.md:9', id: 'a', message: 0 },
    ]);
  });

  it('names what is below a stated minimum, and where that is stated', async () => {
    const goldens = ['one', 'two', 'three'].map((text, index) => ({ id: `g${index}`, text, tags: ['easy'] }));
    const cwd = projectOf(goldens, {
      'goldens/minimums.yaml':
        'label: 2\nfields:\n  mood: { low: 4 }\nlang:\n  en: 3\n  fr: 1\nlength: { over 50: 1 }\ntag: 3\n',
    });
    const { code, findings } = await findingsOf(cwd);
    expect(code).toBe(1);
    expect(withoutThin(findings)).toMatchObject([
      { section: 'balance', of: 'mood.mood low', count: 3, minimum: 4, line: 3 },
      { section: 'balance', of: 'mood.mood high', count: 0, minimum: 2, line: 1 },
      { section: 'balance', of: 'lang fr', count: 0, minimum: 1, line: 6 },
      { section: 'balance', of: 'length over 50', count: 0, minimum: 1, line: 7 },
    ]);
    expect(findings).toContainEqual({
      section: 'thin',
      severity: 'note',
      of: { kind: 'class', name: 'high' },
      field: 'mood.mood',
      count: 0,
    });
  });

  it('says which line of the minimums is wrong', async () => {
    const cwd = projectOf([{ id: 'a', text: LONG }], {
      'goldens/minimums.yaml': 'label: many\nfields:\n  moood: 3\nlength: { 1-3: 2 }\n',
    });
    const first = await findingsOf(cwd);
    expect(withoutThin(first.findings)).toMatchObject([{ section: 'schema', line: 1 }]);
    writeFileSync(
      path.join(cwd, 'goldens', 'minimums.yaml'),
      'label: 1\nfields:\n  moood: 3\nlength: { 1-3: 2 }\n',
    );
    const second = await findingsOf(cwd);
    expect(withoutThin(second.findings)).toMatchObject([
      { line: 3, what: 'unknown field "moood"', mend: 'Did you mean "mood"? Use mood' },
      { line: 4, what: 'unknown length "1-3"' },
    ]);
  });

  it('masks personal data unless asked, and shows a secret never', async () => {
    const text = `I am at jo.park@mailhost.org and my card is 4111 1111 1111 1111 \u001b[31m`;
    const cwd = projectOf([
      { id: 'a', text },
      { id: 'b', text: `it prints ${KEY} here` },
    ]);
    const plain = await touchstone(['goldens', 'check'], { cwd });
    expect(plain.code).toBe(1);
    expect(plain.out).toContain('a messages[0]: j… (20 characters)');
    expect(plain.out).toContain('b messages[0]: github');
    expect(plain.out).not.toMatch(/mailhost|4111|wWPw5/);
    const quoted = await touchstone(['goldens', 'check', '--with-text', '--json'], { cwd });
    expect(quoted.out).toContain('jo.park@mailhost.org');
    expect(quoted.out).not.toContain('wWPw5');
  });

  it('shows no secret where it quotes near-duplicates and contacts', async () => {
    const cwd = projectOf([
      { id: 'a', text: `${LONG} ${KEY} jo@mailhost.org` },
      { id: 'b', text: `${LONG} ${KEY} jo@mailhost.org`.replace('laughs', 'giggles') },
    ]);
    for (const form of [[], ['--json']]) {
      const { code, out } = await touchstone(['goldens', 'check', '--with-text', ...form], { cwd });
      expect(code).toBe(1);
      expect(out).toContain('giggles');
      expect(out).not.toContain('wWPw5');
    }
  });

  it('lists ten of a kind and counts the rest, all where asked, within the columns of a pipe', async () => {
    const goldens = Array.from({ length: 14 }, (_, index) => ({
      id: `m${index}`,
      text: `jo${index}@mailhost.org`,
    }));
    const cwd = projectOf(goldens);
    const short = await touchstone(['goldens', 'check'], { cwd });
    expect(short.code).toBe(0);
    expect(short.out).toContain('… 4 more (--all shows them)');
    const all = await touchstone(['goldens', 'check', '--all'], { cwd });
    expect(all.out).toContain('m13 messages[0]');
    expect(Math.max(...all.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(98);
  });

  it('ends with 2 where there are no goldens, or an argument is wrong', async () => {
    const cwd = projectOf([{ id: 'a', text: LONG }]);
    const nowhere = await touchstone(['goldens', 'check', '--goldens', 'nowhere'], { cwd });
    expect(nowhere).toMatchObject({ code: 2, out: '' });
    expect(nowhere.err).toContain('nowhere/conversations.jsonl: there is no such file');
    expect((await touchstone(['goldens', 'check', '--threshold', '2'], { cwd })).code).toBe(2);
    rmSync(path.join(cwd, 'suites', 'mood.yaml'));
    expect((await touchstone(['goldens', 'check'], { cwd })).code).toBe(2);
  });

  it('explains itself with an example', async () => {
    const { code, out } = await touchstone(['goldens', 'check', '--help'], { cwd: projectOf([]) });
    expect(code).toBe(0);
    expect(out).toContain('Example:\n  touchstone goldens check');
  });
});
