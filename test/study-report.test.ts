import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type StudyCompareOptions, studyCompareCommand } from '../src/cli/study-compare.ts';
import { type StudyReportOptions, studyReportCommand } from '../src/cli/study-report.ts';
import { studySampleCommand } from '../src/cli/study-sample.ts';
import type { StudyComparison } from '../src/study/compare-studies.ts';
import type { StudyFigure, StudyFigures } from '../src/study/figure.ts';
import { jsonLinesOf, recordedTerminal, studyProject, type Told, writeStudy } from './study-project.ts';

const INDEXES = Array.from({ length: 1200 }, (_, index) => index);

/** What is true of the i-th conversation: 2.5% counseling, 2.5% coaching. */
function truth(i: number): Told & { primary: string; pushback: boolean } {
  const primary = i % 40 === 0 ? 'counseling' : i % 40 === 1 ? 'coaching' : 'other';
  return { id: `c${i}`, primary, pushback: i % 80 === 0 };
}

/** What a model says: it misses every fifth case of counseling, and sees twelve where there are none. */
function said(i: number): Told {
  const { primary, ...rest } = truth(i);
  if (i === 7) return { ...rest, primary: null };
  if (primary === 'counseling') {
    const sentiment: [string, string] = i % 120 === 0 ? ['negative', 'positive'] : ['negative', 'neutral'];
    return { ...rest, primary: i % 200 === 0 ? 'other' : primary, sentiment };
  }
  if (i % 100 === 50) return { ...rest, primary: 'counseling', pushback: true };
  return i === 33 ? { ...rest, primary: 'roleplay' } : { ...rest, primary };
}

const CORPUS = INDEXES.map(said);

let root: string;
let folder: string;

beforeAll(async () => {
  root = studyProject(CORPUS);
  folder = await writeStudy(root, 'study', CORPUS);
}, 60_000);

async function report(options: StudyReportOptions = {}, dir = folder): Promise<StudyFigures> {
  const terminal = recordedTerminal(root);
  expect(await studyReportCommand(dir, { json: true, ...options }, terminal)).toBe(0);
  return JSON.parse(terminal.text()).figures;
}

function figure(
  { figures }: StudyFigures,
  kind: StudyFigure['kind'],
  topic: string | null,
  label: string | null = null,
): StudyFigure {
  const found = figures.find((each) => each.kind === kind && each.topic === topic && each.label === label);
  if (found === undefined) throw new Error(`no ${kind} of ${topic}`);
  return found;
}

describe('touchstone study report', () => {
  it('gives every figure raw, with its interval', async () => {
    const figures = await report();
    const kept = figure(figures, 'prevalence', null);
    expect(kept).toMatchObject({ conversations: 1199, raw: { value: 67 / 1199 } });
    expect(figure(figures, 'prevalence', 'counseling').raw.value).toBeCloseTo(36 / 1199, 12);
    expect(figure(figures, 'rate', 'counseling').raw.value).toBeCloseTo(24 / 36, 12);
    expect(figure(figures, 'reason', null, 'policy').raw.value).toBe(1);
    expect(figure(figures, 'shift', 'coaching')).toMatchObject({ raw: { value: 0, interval: null } });
    const shift = figure(figures, 'shift', 'counseling').raw;
    expect(shift.value).toBeCloseTo((16 * 0.5 + 8 * 1) / 36, 12);
    expect(shift.interval?.low).toBeGreaterThan(0);
  });

  it('counts a topic that is too rare, and leaves it out of the analyses by topic', async () => {
    const figures = await report();
    expect(figures.leftOut).toEqual([{ topic: 'roleplay', conversations: 1, share: 1 / 1199, under: 0.001 }]);
    expect(figure(figures, 'prevalence', 'roleplay').raw.value).toBeCloseTo(1 / 1199, 12);
    expect(
      figures.figures.filter(({ kind, topic }) => kind !== 'prevalence' && topic === 'roleplay'),
    ).toEqual([]);
  });

  it('says of every correction by goldens that it may mislead, and how conversations without an answer count', async () => {
    const figures = await report();
    const corrected = figures.figures.filter((each) => each.corrected.length > 0);
    expect(corrected.length).toBeGreaterThan(5);
    for (const { corrected: methods, cautions } of corrected) {
      expect(methods.map(({ method }) => method)).toEqual(['Rogan-Gladen by goldens']);
      expect(cautions.join(' ')).toContain('no random sample of this corpus');
    }
    expect(figures.cautions.join('\n')).toMatch(
      /Without a usable answer, and so in no raw share: 1 conversation of 1,200/,
    );
    expect(figures.cautions.join('\n')).toContain('embedded is a floor, not a judge');
  });

  it('does not take goldens that another prompt was accepted on', async () => {
    const other = await writeStudy(root, 'other-prompt', CORPUS, (record) => {
      const prompts = Object.entries(record.prompts).map(([name, { path: file }]) => {
        return [name, { path: file, sha256: 'a'.repeat(64) }] as const;
      });
      return { ...record, prompts: Object.fromEntries(prompts) };
    });
    const figures = await report({}, other);
    expect(figures.figures.flatMap(({ corrected }) => corrected)).toEqual([]);
    expect(figures.cautions.join('\n')).toContain(
      'Nothing is known from goldens of the errors of affective: the accepted run is of another prompt.',
    );
  });
});

interface LabellingLine {
  id: string;
  messages: { role: string; content: string }[];
  labels: Record<string, Record<string, unknown>>;
}

/** Fills in what is true, on all lines but some. */
function fillIn(
  file: string,
  change: (line: LabellingLine, number: number) => object = (line) => line,
): void {
  const [header, ...lines] = jsonLinesOf(file);
  const filled = (lines as LabellingLine[]).map((line, index) => {
    const { primary, pushback } = truth(Number(line.id.slice(1)));
    const labels = {
      affective: { primary, topics: primary === 'other' ? [] : [primary] },
      pushback: { pushback, reason: pushback ? 'policy' : null },
    };
    return change({ ...line, labels }, index + 2);
  });
  writeFileSync(file, [header, ...filled].map((line) => `${JSON.stringify(line)}\n`).join(''));
}

async function draw(name: string, n = 300): Promise<string> {
  const out = path.join(root, name);
  expect(await studySampleCommand(folder, { n, seed: 1, out }, recordedTerminal(root))).toBe(0);
  return out;
}

describe('touchstone study sample', () => {
  it('writes a file to label that holds the text and does not tell what the model answered', async () => {
    const file = await draw('blind.jsonl');
    const [header, ...lines] = jsonLinesOf(file);
    expect(lines).toHaveLength(300);
    expect(header).toMatchObject({ touchstone: 'sample', study: 'affective-use', conversations: 300 });
    for (const line of lines as LabellingLine[]) {
      expect(Object.keys(line)).toEqual(['id', 'file', 'line', 'messages', 'labels', 'unsure', 'note']);
      expect(line.messages[0]?.content).toBe(`${line.id} asks 0`);
      expect(line.labels).toEqual({
        affective: { primary: null, topics: null },
        pushback: { pushback: null, reason: null },
      });
    }
    const key = JSON.parse(readFileSync(path.join(root, 'blind.key.json'), 'utf8'));
    const weights = key.conversations.map(({ weight }: { weight: number }) => weight);
    expect(weights.reduce((sum: number, weight: number) => sum + weight, 0)).toBeCloseTo(1200, 6);
    for (const each of [file, path.join(root, 'blind.key.json')])
      expect(statSync(each).mode & 0o777).toBe(0o600);
  });

  it('does not write over a file that somebody may have labelled', async () => {
    await draw('twice.jsonl');
    await expect(draw('twice.jsonl')).rejects.toThrow(/twice\.jsonl: is there already.*\n.*twice\.key\.json/);
  });

  it('corrects the figures once it is labelled: their intervals hold the truth, before those by goldens', async () => {
    const labels = await draw('labelled.jsonl');
    fillIn(labels);
    const figures = await report({ labels });
    const kept = figure(figures, 'prevalence', null);
    expect(kept.corrected.map(({ method }) => method)).toEqual([
      'labelled sample',
      'Rogan-Gladen by goldens',
    ]);
    expect(kept.corrected[0]?.labelled).toBe(300);
    expectHolds(kept, 60 / 1200);
    const counseling = figure(figures, 'prevalence', 'counseling');
    expect(counseling.corrected.map(({ method }) => method)).toEqual([
      'tuned prediction-powered',
      'prediction-powered',
      'Rogan-Gladen by goldens',
    ]);
    expectHolds(counseling, 30 / 1200);
    // Of the 67 kept ones 12 are truly resisted; the model says 24.
    expect(figure(figures, 'rate', null).raw.value).toBeCloseTo(24 / 67, 12);
    expectHolds(figure(figures, 'rate', null), 12 / 67);
  });

  it('leaves out lines that are not filled in, and says when that is right', async () => {
    const labels = await draw('part.jsonl');
    const nulls = { affective: { primary: null, topics: null }, pushback: { pushback: null, reason: null } };
    fillIn(labels, (line, number) => (number % 10 === 0 ? { ...line, labels: nulls } : line));
    const { cautions } = await report({ labels });
    expect(cautions.join('\n')).toMatch(
      /Without a label, and left out: 30 of the 300 conversations drawn.*only right if .* at random/,
    );
  });

  it('names all that is wrong with the labels, each with its line', async () => {
    const labels = await draw('wrong.jsonl');
    fillIn(labels, (line, number) => {
      const { affective, ...others } = line.labels;
      if (number === 3)
        return { ...line, labels: { ...others, affective: { ...affective, primary: 'councelling' } } };
      if (number === 4) return { ...line, labels: { affective: { primary: 'coaching', topics: [] } } };
      if (number === 5) return { ...line, labels: { mood: { up: true } } };
      if (number === 6) return { ...line, id: 'stranger' };
      return number === 7 ? { ...line, labels: { affective: { primary: 'other' } } } : line;
    });
    const message = await report({ labels }).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(message).toMatch(
      /wrong\.jsonl:3 .*unknown primary "councelling" in labels\.affective.*"counseling"/,
    );
    expect(message).toMatch(/wrong\.jsonl:4 .*topics lacks "coaching"/);
    expect(message).toMatch(/wrong\.jsonl:5 .*"mood" is no suite that is labelled/);
    expect(message).toMatch(/wrong\.jsonl:6 \(stranger\): is not of the sample/);
    expect(message).toMatch(/wrong\.jsonl:7 .*missing property "topics" in labels\.affective/);
    expect(message.split('\n')).toHaveLength(5);
  });

  it('corrects no study but the one it was drawn of, and nothing before it is labelled', async () => {
    const labels = await draw('fresh.jsonl');
    await expect(report({ labels })).rejects.toThrow('nothing is labelled yet');
    fillIn(labels);
    const other = await writeStudy(root, 'half', CORPUS.slice(0, 600));
    await expect(report({ labels }, other)).rejects.toThrow('is of other results than the study has now');
  });

  it('refuses a corpus that has changed since', async () => {
    const changed = studyProject(CORPUS);
    const study = await writeStudy(changed, 'study', CORPUS);
    const corpus = path.join(changed, 'corpus.jsonl');
    const same = { n: 60, seed: 1 };
    const swapped = readFileSync(corpus, 'utf8').trim().split('\n').reverse();
    writeFileSync(corpus, swapped.map((line) => `${line}\n`).join(''));
    await expect(studySampleCommand(study, same, recordedTerminal(changed))).rejects.toThrow(
      /corpus\.jsonl:\d+ \(c\d+\): is not the conversation that the study has read here/,
    );
    writeFileSync(corpus, 'gone');
    await expect(studySampleCommand(study, same, recordedTerminal(changed))).rejects.toThrow(
      'corpus.jsonl: the file has changed since the study has read it',
    );
  });
});

function expectHolds({ corrected: [best] }: StudyFigure, value: number): void {
  expect(best?.interval?.low).toBeLessThanOrEqual(value);
  expect(best?.interval?.high).toBeGreaterThanOrEqual(value);
}

describe('touchstone study compare', () => {
  const options: StudyCompareOptions = { moved: 3 };

  it('gives every figure under both, the paired interval of the change, and who moved', async () => {
    const after = CORPUS.map((each, i) => {
      if (i % 100 === 50) return { ...each, primary: 'other' };
      return i === 40 ? { ...each, pushback: true } : each;
    });
    const candidate = await writeStudy(root, 'after', after, (record) => {
      const { affective, ...others } = record.prompts;
      const prompts = { ...others, affective: { path: affective?.path ?? '', sha256: 'b'.repeat(64) } };
      return { ...record, prompts };
    });
    const json = recordedTerminal(root);
    await studyCompareCommand(folder, candidate, { ...options, json: true }, json);
    const { figures, moved, notes, overlap }: StudyComparison = JSON.parse(json.text());
    expect(overlap).toEqual({ both: 1200, baselineOnly: 0, candidateOnly: 0 });
    const counseling = figures.find(({ kind, topic }) => kind === 'prevalence' && topic === 'counseling');
    expect(counseling?.baseline.value).toBeCloseTo(36 / 1200, 12);
    expect(counseling?.difference).toBeCloseTo(-12 / 1200, 12);
    expect(counseling?.interval?.high).toBeLessThan(0);
    const movement = moved.find(({ kind, topic }) => kind === 'prevalence' && topic === 'counseling');
    expect(movement?.moved).toBe(12);
    expect(
      movement?.conversations.map(({ conversation, before, after: now }) => [conversation, before, now]),
    ).toEqual([
      ['c1050', 'counseling', 'not kept: other'],
      ['c1150', 'counseling', 'not kept: other'],
      ['c150', 'counseling', 'not kept: other'],
    ]);
    expect(notes.join('\n')).toContain('each difference is one of the errors, and no change in the world');
    expect(notes.join('\n')).toContain('The prompts of affective differ.');

    const terminal = recordedTerminal(root);
    await studyCompareCommand(folder, candidate, options, terminal);
    const text = terminal.text().replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      'prevalence of counseling: 2.00% (1.35 to 2.96), was 3.00%; changed by -1.00 points (-1.74 to -0.57)',
    );
    expect(text).toContain('c1050 counseling -> not kept: other corpus.jsonl:1051');
    for (const line of terminal.text().split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('says that nothing changed where nothing did', async () => {
    const terminal = recordedTerminal(root);
    await studyCompareCommand(folder, folder, options, terminal);
    expect(terminal.text()).toContain('Model and prompts are the same');
    expect(terminal.text()).toMatch(/pushback\.pushback in coaching: .* unchanged/);
    expect(terminal.text()).not.toContain('moved');
  });

  it('refuses studies of another definition, and corpora without a common conversation', async () => {
    const other = await writeStudy(root, 'defined-otherwise', CORPUS, (record) => {
      return { ...record, study: { ...record.study, long_over: 20 } };
    });
    await expect(studyCompareCommand(folder, other, options, recordedTerminal(root))).rejects.toThrow(
      /is of another study than .*: they differ in long_over/,
    );
    const strangers = await writeStudy(root, 'strangers', [{ id: 'x1', primary: 'coaching' }]);
    await expect(studyCompareCommand(folder, strangers, options, recordedTerminal(root))).rejects.toThrow(
      'has no conversation that',
    );
  });
});
