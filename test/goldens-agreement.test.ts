import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Chalk } from 'chalk';
import { afterEach, describe, expect, it } from 'vitest';
import { suiteAgreement } from '../src/agreement/suite-agreement.ts';
import { renderAgreement } from '../src/report/terminal/agreement.ts';
import { touchstone } from './command.ts';
import { copyShippedProject, makeWorkspace } from './workspace.ts';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

const agreement = (...args: string[]) => touchstone(['goldens', 'agreement', ...args], { cwd: root });

const SUITE = `name: mood
prompt: prompts/mood.md
fields:
  mood: { kind: nominal, labels: [low, high] }
headline: mood.accuracy
rules: []
`;

/** A project with labels and open lines; each vote is `by mood`, with a ? where unsure. */
function project(labelled: readonly string[][], open: readonly string[][]): string {
  const line = (index: number, votes: readonly string[]) => ({
    id: `c${index}`,
    votes: votes.map((vote) => {
      const [by = '', mood = ''] = vote.replace('?', '').split(' ');
      return { by, mood, ...(vote.endsWith('?') ? { unsure: true } : {}) };
    }),
  });
  const messages = [{ role: 'user', content: 'hi' }];
  return makeWorkspace({
    'suites/mood.yaml': SUITE,
    'goldens/conversations.jsonl': [...labelled, ...open].map((_, index) => {
      return { id: `c${index}`, lang: 'en', family: `f${index}`, tags: [], messages };
    }),
    'goldens/labels/mood.jsonl': labelled.map((votes, index) => ({ ...line(index, votes), mood: 'low' })),
    'goldens/open/mood.jsonl': open.map((votes, index) => line(labelled.length + index, votes)),
  });
}

describe('touchstone goldens agreement', () => {
  it('tells of the shipped goldens what the datasheet says', async () => {
    root = copyShippedProject();
    const { code, out } = await agreement();
    expect(code).toBe(0);
    expect(out).toMatch(/primary\n {2}Krippendorff's alpha 0\.98/);
    expect(out).toMatch(
      /sentiment\n {2}Krippendorff's alpha \(interval\) 0\.99[\s\S]*\n {2}opening\n[\s\S]*\n {2}closing\n/,
    );
    expect(out).toMatch(/counseling \/ content_creation: \d+ of \d+ disagreements/);
    expect(out).toContain('3 adjudicated labels left out of the ceiling');
    expect(out).toContain('a classifier that were always right would measure at most');
  });

  it('looks at the votes of some alone', async () => {
    root = project(
      [
        ['ana low', 'ben low', 'cleo high'],
        ['cleo low', 'ben low'],
      ],
      [['ana low', 'dora high']],
    );
    const { code, out } = await agreement('--by', 'ana', 'ben');
    expect(code).toBe(0);
    expect(out).toMatch(/^mood {2}3 cases, 1 of them open\n {2}4 votes, 0 of them unsure: ana 2, ben 2\n/);
    expect(out).toContain('1 case with two votes or more, 0 split');
    expect(out).not.toMatch(/cleo|dora/);
    const wrong = await agreement('--by', 'ana', 'anna');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain(
      '--by: no vote is by "anna". Give names of annotators: ana, ben, cleo, dora.',
    );
  });

  it('counts the votes of open lines too', async () => {
    root = project(
      [
        ['ana low', 'ben low?'],
        ['ana low', 'ben low'],
      ],
      [['ana high', 'ben low'], ['ana high', 'ben high'], []],
    );
    const { code, out } = await agreement('mood', '--json');
    expect(code).toBe(0);
    const { touchstone: kind, version, suites } = JSON.parse(out);
    expect([kind, version]).toEqual(['goldens-agreement', 1]);
    expect(suites).toMatchObject([
      {
        suite: 'mood',
        subjects: 5,
        open: 3,
        votes: 8,
        unsure: 1,
        annotators: [
          { name: 'ana', votes: 4, unsure: 0 },
          { name: 'ben', votes: 4, unsure: 1 },
        ],
        fields: [
          {
            field: 'mood',
            units: 4,
            split: 1,
            pairs: { value: 0.75 },
            confusions: [{ labels: ['low', 'high'], pairs: 1 }],
            againstLabel: [{ first: 'ana', units: 2 }, { first: 'ben' }],
            ceiling: { labels: 2 },
          },
        ],
      },
    ]);
  });

  it('says so where there are no votes, or none to compare', async () => {
    root = project([[], []], []);
    expect(await agreement()).toMatchObject({ code: 0, out: expect.stringContaining('no votes') });
    rmSync(root, { recursive: true });
    root = project([['ana low']], []);
    expect(await agreement()).toMatchObject({
      code: 0,
      out: expect.stringContaining('no case has two votes'),
    });
  });

  it('refuses an unknown suite and broken votes, all at once', async () => {
    root = project([['ana low']], [['ana sad']]);
    const { code, err } = await agreement('mood', 'nood');
    expect(code).toBe(2);
    expect(err).toMatch(/open\/mood.jsonl:1 \(c1\): unknown mood "sad"[\s\S]*no suite is called "nood"/);
  });

  it('shows a hostile annotator without obeying', async () => {
    root = project([['ana low', 'ben low']], []);
    const file = path.join(root, 'goldens/labels/mood.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"ana"', '"\\u001b[2Jana\\u202e"'));
    const { code, out } = await agreement();
    expect(code).toBe(0);
    expect(out).not.toMatch(/[\u001b\u202e]/);
  });
});

it('fits into 60 columns', () => {
  const labels = [
    'interpersonal_advice',
    'coaching',
    'counseling',
    'companionship',
    'roleplay',
    'content',
    'other',
  ];
  const task = { name: 't', fields: { primary: { kind: 'nominal' as const, labels } }, windows: null };
  const voted = Array.from({ length: 40 }, (_, index) => ({
    id: `c${index}`,
    window: null,
    family: `f${index}`,
    label: null,
    adjudicated: false,
    votes: ['ana', 'ben', 'cleo'].map((by, at) => {
      return {
        by,
        label: { primary: labels[((index + (at * index) / 13) % 7) | 0] ?? 'other' },
        unsure: at === 1,
      };
    }),
  }));
  const text = renderAgreement(suiteAgreement('t', task, voted), {
    chalk: new Chalk({ level: 0 }),
    columns: 60,
  });
  expect(text.split('\n').filter((line) => line.length > 60)).toEqual([]);
  expect(text).toContain('one vote \\ another');
});
