import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseLabelBatch } from '../src/labelling/label-batch.ts';
import { NO_USAGE } from '../src/model/model.ts';
import { fingerprint } from '../src/plan/fingerprint.ts';
import { recordText } from '../src/record/record-files.ts';
import type { Field } from '../src/schema/field.ts';
import type { RunRecord } from '../src/schema/run-record.ts';
import { seededRandom } from '../src/statistics/random.ts';
import { touchstone } from './command.ts';
import { copyShippedProject, makeWorkspace } from './workspace.ts';

const FEELINGS: Field = { kind: 'nominal', labels: ['glad', 'sad', 'angry'] };
const NAMES = ['glad', 'sad', 'angry'];
const SECRET = 'between us \u001b]0;owned\u0007';
const idOf = (index: number) => `c${String(index).padStart(3, '0')}`;
const truthOf = (index: number) => NAMES[index % 3] ?? '';
const messagesOf = (index: number) => [{ role: 'user', content: `${index} ${SECRET}` }];

/** A run that is right in so many of 100 cases; what it errs in is its own. */
function runOf(seed: number, accuracy: number, count: number, suite = 'mood'): RunRecord {
  const random = seededRandom(seed);
  const cases = Array.from({ length: count }, (_, index): RunRecord['cases'][number] => {
    const feeling = random() < accuracy ? truthOf(index) : truthOf(index + 1 + Math.floor(random() * 2));
    return {
      ...{
        id: idOf(index),
        conversation: idOf(index),
        window: null,
        family: idOf(index),
        lang: 'en',
        tags: [],
      },
      ...{ text: fingerprint(messagesOf(index)).slice(0, 16), expected: { feeling: 'glad' } },
      request: '0'.repeat(64),
      answers: [{ status: 'answered', label: { feeling }, raw: '', usage: NO_USAGE, latency_ms: 1 }],
    };
  });
  return {
    ...{ touchstone: 'run', version: 1, model: `anthropic:m${seed}`, git: null, repeats: 1, selection: null },
    suite: {
      ...{ name: suite, path: 'suites/mood.yaml', sha256: '0'.repeat(64), fields: { feeling: FEELINGS } },
      ...{ windows: null, headline: 'feeling.accuracy', rules: [], on_undecided: 'warn' },
    },
    prompt: { path: 'prompts/mood.md', sha256: 'a'.repeat(64) },
    goldens: { path: 'goldens', sha256: '0'.repeat(64), conversations: count },
    ...{ started_at: '2026-02-02T00:00:00.000Z', cases, asked: 4, spent: NO_USAGE, seconds: 1 },
  };
}

const FLIPPED = [7, 31, 52, 88];

function moodProject(runs: readonly RunRecord[], files: Record<string, unknown> = {}): string {
  const all = Array.from({ length: 100 }, (_, index) => index);
  return makeWorkspace({
    'suites/mood.yaml': {
      ...{ name: 'mood', prompt: 'prompts/mood.md', fields: { feeling: FEELINGS }, rules: [] },
      headline: 'feeling.accuracy',
    },
    'prompts/mood.md':
      '---\nmax_tokens: 50\nquestion: How does the person feel?\n---\n- `glad`: joy\n- `sad`: grief\n- `angry`: rage\n',
    'goldens/conversations.jsonl': all.map((index) => ({
      ...{ id: idOf(index), lang: 'en', family: idOf(index), tags: [], messages: messagesOf(index) },
    })),
    'goldens/labels/mood.jsonl': all.map((index) => {
      return { id: idOf(index), feeling: truthOf(FLIPPED.includes(index) ? index + 1 : index) };
    }),
    ...Object.fromEntries(
      runs.map((run, at) => [`.touchstone/runs/2026020${at + 1}T000000000Z-mood.json`, recordText(run)]),
    ),
    ...files,
  });
}

describe('touchstone goldens doubt', () => {
  let cwd = '';
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  it('finds flipped labels by five runs on record, and writes them as a batch to label', async () => {
    cwd = moodProject([1, 2, 3, 4, 5].map((seed) => runOf(seed, 0.9, 100)));
    const { code, out, err } = await touchstone(['goldens', 'doubt', 'mood', '--n', '6'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('mood  100 labels, 5 runs on record');
    expect(out).toMatch(/feeling {2}\d\.\d% of 100 labels/);
    expect(out).toContain('runs say');
    expect(out).not.toContain('between us');
    const file = path.join('.touchstone', 'label', 'doubt-mood.jsonl');
    expect(out).toContain(`touchstone goldens label mood --as NAME --batch ${file}`);
    const { value, problems } = parseLabelBatch(readFileSync(path.join(cwd, file)), file);
    expect(problems).toEqual([]);
    expect(value.map(({ id }) => id)).toEqual(expect.arrayContaining(FLIPPED.map(idOf)));
    expect(value[0]).toMatchObject({
      labels: 'mood',
      window: null,
      why: expect.stringMatching(/^feeling: \d of 5 runs say /),
    });
  });

  it('shows texts only where asked, and harmless to the terminal', async () => {
    cwd = moodProject([1, 2, 3].map((seed) => runOf(seed, 0.9, 100)));
    const { out } = await touchstone(['goldens', 'doubt', '--with-text', '--n', '3'], { cwd });
    expect(out).toContain('between us \\u{1b}]0;owned\\u{7}');
    expect(out).not.toContain('\u001b');
  });

  it('ranks by votes and marks alone where there is no run, and says what would help', async () => {
    cwd = moodProject([], {
      'goldens/labels/mood.jsonl': Array.from({ length: 100 }, (_, index) => ({
        ...{ id: idOf(index), feeling: truthOf(index) },
        votes: ['ana', 'ben', 'cleo'].map((by, at) => ({
          ...{ by, feeling: index === 3 && at > 0 ? 'angry' : truthOf(index) },
        })),
      })),
      'goldens/doubtful.jsonl': [
        {
          id: 'c005',
          window: null,
          field: 'feeling',
          expected: truthOf(5),
          given: 'glad',
          by: 'dora',
          at: 'x',
        },
        {
          id: 'c006',
          window: null,
          field: 'feeling',
          expected: 'outdated',
          given: 'glad',
          by: 'dora',
          at: 'x',
        },
      ],
    });
    const { code, out } = await touchstone(['goldens', 'doubt'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('no run: weak evidence');
    expect(out).toContain('touchstone run mood --model MODEL');
    expect(out).toContain('In doubt: 2 cases');
    expect(out).toMatch(/c003[\s\S]*votes 1 to 2[\s\S]*c005[\s\S]*marked doubtful by dora/);
  });

  it('takes answers that compare left in the store, for prompts that are named', async () => {
    cwd = moodProject([], {
      'other.md':
        '---\nmax_tokens: 50\nquestion: And how?\n---\n- `glad`: us\n- `sad`: between\n- `angry`: rage\n',
    });
    await touchstone(['compare', 'prompts/mood.md', 'other.md', '--suite', 'mood', '--limit', '20'], { cwd });
    const runs = async (...more: string[]) => {
      const { out } = await touchstone(['goldens', 'doubt', 'mood', '--json', ...more], { cwd });
      return JSON.parse(out).suites[0].runs;
    };
    expect(await runs()).toMatchObject([{ model: 'embedded', sources: ['store'], cases: 20 }]);
    expect(await runs('--prompt', 'other.md')).toHaveLength(2);
    expect(await runs('--prompt', 'other.md', '--model', 'anthropic:m1')).toEqual([]);
  });

  it('takes run records that are named, and passes over broken ones that were found', async () => {
    cwd = moodProject([runOf(1, 0.8, 100)], {
      '.touchstone/runs/20260301T000000000Z-mood.json': '{"touchstone": "run"',
      'elsewhere.json': recordText(runOf(2, 0.8, 100)),
      'foreign.json': recordText(runOf(3, 0.8, 100, 'weather')),
    });
    const named = await touchstone(['goldens', 'doubt', 'mood', '--json', '--runs', 'elsewhere.json'], {
      cwd,
    });
    expect(named.err).toContain('passed over .touchstone/runs/20260301T000000000Z-mood.json');
    expect(JSON.parse(named.out)).toMatchObject({
      ...{ touchstone: 'goldens-doubt', version: 1 },
      suites: [{ suite: 'mood', runs: [{ model: 'anthropic:m1' }, { model: 'anthropic:m2' }] }],
    });
    const refused = await touchstone(['goldens', 'doubt', 'mood', '--runs', 'foreign.json', 'none.json'], {
      cwd,
    });
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('foreign.json: is a run of the suite "weather"');
    expect(refused.err).toContain('none.json: cannot be read as a run record');
  });

  it('works on the shipped goldens, and refuses what it cannot do', async () => {
    cwd = copyShippedProject();
    const all = await touchstone(['goldens', 'doubt', '--n', '5'], { cwd });
    expect({ code: all.code, err: all.err }).toEqual({ code: 0, err: '' });
    for (const suite of ['affective', 'pushback', 'sentiment'])
      expect(existsSync(path.join(cwd, '.touchstone', 'label', `doubt-${suite}.jsonl`))).toBe(true);
    const vague = await touchstone(['goldens', 'doubt', '--prompt', 'prompts/affective.md', '--out', 'x'], {
      cwd,
    });
    expect(vague.code).toBe(2);
    expect(vague.err).toContain('--prompt: is for one suite');
    const slip = ['goldens', 'doubt', 'sentiment', '--out', 'goldens/labels/sentiment.jsonl'];
    const before = readFileSync(path.join(cwd, 'goldens/labels/sentiment.jsonl'));
    const refused = await touchstone(slip, { cwd });
    expect(refused.err).toContain('is there, and is no batch of this program');
    expect(refused.code).toBe(2);
    expect(readFileSync(path.join(cwd, 'goldens/labels/sentiment.jsonl')).equals(before)).toBe(true);
    expect((await touchstone(['goldens', 'doubt', '--help'], { cwd })).out).toContain('Examples:');
  });
});
