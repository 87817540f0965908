import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ZipEntry, zipOf } from '../../test/hostile-zip.ts';
import { smallRun } from '../../test/small-judgement.ts';
import { makeWorkspace } from '../../test/workspace.ts';
import { InputError } from '../errors/errors.ts';
import { assess } from '../judge/assess.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { type HandoverOrigin, readHandover, writeHandover } from './handover.ts';
import { readArchive } from './read-archive.ts';

const COMMIT = 'a1'.repeat(20);
const origin: HandoverOrigin = {
  ...{ repository: 7, pull_request: 12, commit: COMMIT, base: 'b2'.repeat(20), run_id: '123456789' },
  ...{ model: 'embedded', conclusion: 'failure' },
};

function runOf(name: string): RunRecord {
  const run = smallRun();
  return { ...run, suite: { ...run.suite, name }, git: { commit: COMMIT, dirty: false } };
}

/** The files that a check leaves, by name. */
function written(runs: readonly RunRecord[], folder = makeWorkspace({})): Map<string, Buffer> {
  writeHandover(folder, origin, runs);
  const names = ['handover.json', ...readdirSync(path.join(folder, 'runs')).map((name) => `runs/${name}`)];
  return new Map(names.map((name) => [name, readFileSync(path.join(folder, name))]));
}

/** The files with one of them as somebody changed it. */
function changed(name: string, change: (content: Record<string, unknown>) => unknown): Map<string, Buffer> {
  const files = written([runOf('mood'), runOf('tone')]);
  const content: unknown = JSON.parse(String(files.get(name)));
  return files.set(name, Buffer.from(JSON.stringify(change(Object(content)))));
}

/** Every line that is said against the files. */
function problemsOf(files: ReadonlyMap<string, Buffer>, expected: Partial<HandoverOrigin> = {}): string[] {
  try {
    readHandover(files, expected);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return String(error).replace('InputError: ', '').split('\n');
  }
  return [];
}

function zipOfFiles(files: ReadonlyMap<string, Buffer>): Buffer {
  return zipOf([...files].map(([name, content]): ZipEntry => ({ name, content })));
}

describe('a handover', () => {
  it('is read as it was written, from the archive of its folder', async () => {
    const files = written([runOf('tone'), runOf('mood')]);
    const { handover, runs } = readHandover(await readArchive(zipOfFiles(files)), origin);
    expect(handover).toEqual({
      ...{ touchstone: 'handover', version: 1, ...origin },
      runs: [
        { suite: 'mood', file: 'runs/mood.json' },
        { suite: 'tone', file: 'runs/tone.json' },
      ],
    });
    expect(runs.map(({ suite }) => suite.name)).toEqual(['mood', 'tone']);
    const labels = ({ cases }: RunRecord) =>
      cases.flatMap(({ answers }) => answers.map((answer) => ('label' in answer ? answer.label : null)));
    expect(runs.map(labels)).toEqual([labels(runOf('mood')), labels(runOf('tone'))]);
  });

  it('is the same bytes whatever the order of the runs, and leaves nothing of an earlier check', () => {
    const folder = makeWorkspace({ 'runs/gone.json': {} });
    expect(written([runOf('tone'), runOf('mood')], folder)).toEqual(written([runOf('mood'), runOf('tone')]));
    expect(written([], folder).size).toBe(1);
    expect(readHandover(written([])).runs).toEqual([]);
  });

  it('holds no text of the model, which may repeat a conversation, nor believes one', () => {
    const texts = { id: 'c5', label: 'calm', path: 'prompts/mood.md', reason: 'my name is Ada' };
    const run = { ...smallRun(texts), git: { commit: COMMIT, dirty: false } };
    const files = written([run]);
    expect(String(files.get('runs/mood.json'))).not.toMatch(/Ada|\{\\"feeling/);
    const { runs } = readHandover(files.set('runs/mood.json', Buffer.from(JSON.stringify(run))));
    expect(JSON.stringify(runs)).not.toContain('Ada');
  });
});

describe('a handover of something else', () => {
  it.each<[Partial<HandoverOrigin>, string]>([
    [{ repository: 8 }, 'handover.json: says repository 7, not 8. Run the check again.'],
    [{ run_id: '5' }, 'handover.json: says run_id "123456789", not "5". Run the check again.'],
    [
      { model: 'anthropic:x' },
      'handover.json: says model "embedded", not "anthropic:x". Run the check again.',
    ],
    [{ base: null }, `handover.json: says base "${'b2'.repeat(20)}", not null. Run the check again.`],
  ])('is refused: %j', (expected, problem) => {
    expect(problemsOf(written([runOf('mood')]), expected)).toEqual([problem]);
  });

  it('is refused where a record says that its run stopped early, or chose among the cases', () => {
    const sequential = { seed: 1, families: 2, planned_families: 40, largest_family: 1 };
    const selection = { filter: 'lang:en', limit: null };
    for (const part of [{ planned: 400, sequential }, { planned: 400 }, { selection }]) {
      const files = changed('runs/mood.json', (content) => ({ ...content, ...part }));
      expect(problemsOf(files)).toEqual([
        'runs/mood.json: is of a run that did not ask every case of its suite. Run the check again.',
      ]);
    }
  });

  it('is refused where a record is of another suite, model or commit, with all of it at once', () => {
    const other = runOf('else');
    const files = written([runOf('mood')]);
    const forged = { ...other, model: 'm', git: null };
    expect(
      problemsOf(files.set('runs/mood.json', Buffer.from(JSON.stringify(forged))), { repository: 1 }),
    ).toEqual([
      'handover.json: says repository 7, not 1. Run the check again.',
      `runs/mood.json: is of commit null, not of "${COMMIT}". Run the check again.`,
      'runs/mood.json: is of model "m", not of "embedded". Run the check again.',
      'runs/mood.json: is of suite "else", not of "mood". Run the check again.',
    ]);
  });
});

describe('a handover whose files do not belong together is refused', () => {
  it('with a record missing, too many, named twice or named after another suite', () => {
    expect(problemsOf(new Map())).toEqual(['handover.json: is missing. Run the check again.']);
    const files = written([runOf('mood'), runOf('tone')]);
    files.delete('runs/tone.json');
    expect(problemsOf(files)[0]).toMatch(/names "runs\/tone\.json", which is not there/);
    expect(problemsOf(new Map([...files, ['runs/more.json', Buffer.from('{}')]]))).toHaveLength(3);
    const unnamed = changed('handover.json', (content) => ({ ...content, runs: [] }));
    expect(problemsOf(unnamed)[0]).toMatch(/does not name "runs\/mood\.json"/);
    const mood = { suite: 'mood', file: 'runs/mood.json' };
    const twice = changed('handover.json', (content) => ({ ...content, runs: [mood, mood] }));
    expect(problemsOf(twice).join()).toMatch(/names a run record twice/);
    const misnamed = changed('handover.json', (all) => ({ ...all, runs: [{ ...mood, suite: 'tone' }] }));
    expect(problemsOf(misnamed).join()).toMatch(/names "runs\/mood\.json" as the record of suite "tone"/);
  });
});

describe('a handover of another shape is refused', () => {
  it.each<[string, (content: Record<string, unknown>) => unknown, RegExp]>([
    ['another kind of file', (content) => ({ ...content, touchstone: 'run' }), /unknown touchstone "run"/],
    ['a newer version', (content) => ({ ...content, version: 2 }), /is newer than version 1/],
    ['a property too many', (content) => ({ ...content, '\u001b[2J': 1 }), /unknown property "\\u001b\[2J"/],
    [
      'a path as a name',
      (content) => ({ ...content, runs: [{ suite: '../x', file: 'a' }] }),
      /runs\[0\]\.suite/,
    ],
    ['a commit with a newline', (content) => ({ ...content, commit: `${COMMIT}\n` }), /commit is "/],
    ['a conclusion that is none', (content) => ({ ...content, conclusion: 'ok' }), /unknown conclusion "ok"/],
    ['a fraction', (content) => ({ ...content, repository: 1.5 }), /repository/],
    ['too many bytes', (content) => ({ ...content, model: 'x'.repeat(70_000) }), /has 70\d\d\d bytes/],
    ['too many runs', (content) => ({ ...content, runs: Array(65).fill(null) }), /runs/],
  ])('%s', (_what, change, said) => {
    const problems = problemsOf(changed('handover.json', change));
    expect(problems.join('\n')).toMatch(said);
    expect(problems.length).toBeLessThan(30);
  });

  it.each<[string, (content: Record<string, unknown>) => unknown, RegExp]>([
    ['no cases', ({ cases: _cases, ...content }) => content, /must have required property 'cases'/],
    [
      'an unknown property',
      (content) => ({ ...content, verdict: 'held' }),
      /must NOT have additional properties/,
    ],
    ['a newer version', (content) => ({ ...content, version: 9 }), /is newer than version 1/],
    [
      'millions of faults',
      (content) => ({ ...content, cases: Array(3e6).fill(0) }),
      /"\/cases\/0" must be object/,
    ],
    [
      'a hostile key',
      (content) => ({
        ...content,
        suite: { ...Object(content.suite), fields: { [`\u001b${'x'.repeat(9e4)}`]: 1 } },
      }),
      /is no run record/,
    ],
    [
      'an id that can be none',
      ({ cases, ...content }) => ({ ...content, cases: [{ ...Object(cases)[0], id: '../<b>\u0007' }] }),
      /has a case "\.\.\/<b>\\u0007", which can be no case's id/,
    ],
  ])('a run record with %s', (_what, change, said) => {
    const problems = problemsOf(changed('runs/mood.json', change));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(said);
    expect(problems[0]?.length).toBeLessThan(300);
    expect(problems[0]).not.toMatch(/[\u0007\u001b]/);
  });

  it('bytes that are no JSON in UTF-8, however deep', () => {
    for (const bytes of [Buffer.from('[\xff]', 'latin1'), Buffer.from(''), Buffer.alloc(1e6, '[')]) {
      const [problem] = problemsOf(written([runOf('mood')]).set('runs/mood.json', bytes));
      expect(problem).toBe('runs/mood.json: is not JSON in UTF-8. Run the check again.');
    }
  });

  it('a run record of more than 16 MiB', () => {
    const files = written([runOf('mood')]).set('runs/mood.json', Buffer.alloc(16 * 1024 * 1024 + 1, ' '));
    expect(problemsOf(files)).toEqual([
      'runs/mood.json: has 16777217 bytes, more than 16777216. Run the check again.',
    ]);
  });

  it('more than 100,000 cases in all', () => {
    const names = ['a', 'b', 'c', 'd'];
    const files = written(names.map(runOf));
    const [each] = runOf('a').cases;
    for (const name of names) {
      const many = { ...runOf(name), cases: Array(25_001).fill(each) };
      files.set(`runs/${name}.json`, Buffer.from(JSON.stringify(many)));
    }
    expect(problemsOf(files)).toEqual([
      'handover.json: has 100004 cases, more than 100000. Run the check again.',
    ]);
  });
});

describe('a forged verdict', () => {
  it('is a claim that the records do not bear out', () => {
    const files = changed('handover.json', (content) => ({ ...content, conclusion: 'success' }));
    const { handover, runs } = readHandover(files);
    expect(handover.conclusion).toBe('success');
    expect(runs.map((run) => assess(run, null).verdict.ruling)).toEqual(['regressed', 'regressed']);
  });
});

describe('any change of any byte', () => {
  it('gives the handover as it was, another that is sound, or an InputError', async () => {
    const files = written([runOf('mood')]);
    const names = [...files.keys()];
    const edit = fc.record({
      place: fc.nat(),
      bytes: fc.uint8Array({ maxLength: 6 }),
      name: fc.constantFrom(...names),
    });
    await fc.assert(
      fc.asyncProperty(edit, async ({ place, bytes, name }) => {
        const content = files.get(name) ?? Buffer.alloc(0);
        const at = place % content.length;
        const edited = Buffer.concat([content.subarray(0, at), bytes, content.subarray(at + bytes.length)]);
        const unpacked = await readArchive(zipOfFiles(new Map([...files, [name, edited]])));
        const problems = problemsOf(unpacked);
        expect(problems.join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
        if (problems.length > 0) return;
        const { handover, runs } = readHandover(unpacked);
        expect(runs.map(({ suite }) => suite.name)).toEqual(handover.runs.map(({ suite }) => suite));
      }),
      { numRuns: 500 },
    );
  });
});
