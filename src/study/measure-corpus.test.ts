import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAll } from '../../test/corpus-files.ts';
import { corpusOf, shippedStudy, smallCorpus } from '../../test/study-in-batches.ts';
import { makeWorkspace } from '../../test/workspace.ts';
import type { CorpusRecord } from '../corpus/corpus-record.ts';
import { NO_USAGE } from '../model/model.ts';
import type { Answer } from '../schema/run-record.ts';
import { studyQuestions } from './ask-conversation.ts';
import { type MeasureOptions, measureCorpus } from './measure-corpus.ts';
import { openSizes } from './size-classes.ts';

const study = shippedStudy();
const questions = studyQuestions(study);

function given(options: Partial<MeasureOptions> = {}) {
  const bad: number[] = [];
  const all: MeasureOptions = {
    study,
    recorded: () => null,
    maxBad: 0.05,
    badRecords: { shown: 'out/bad-records.jsonl', write: ({ line }) => bad.push(line) },
    most: null,
    seed: 1,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...options,
  };
  return { all, bad };
}

/** Conversations with so many human messages. */
function corpus(humanMessages: readonly number[]): string {
  const messages = (count: number) =>
    Array.from({ length: count }, (_, index) => [
      { role: 'user', content: `I feel alone ${index}` },
      { role: 'assistant', content: 'I hear you' },
    ]).flat();
  return makeWorkspace({
    'corpus.jsonl': humanMessages.map((count, index) => ({ id: `c${index}`, messages: messages(count) })),
  });
}

const counselling: Answer = {
  status: 'answered',
  label: { primary: 'counseling', topics: ['counseling'] },
  raw: '',
  usage: NO_USAGE,
  latency_ms: 0,
};

describe('the measure of a corpus', () => {
  it('counts what each stage may ask, and names bad records', async () => {
    const { all, bad } = given();
    const measure = await measureCorpus(corpusOf(smallCorpus(40))(), all);
    expect(measure).toMatchObject({
      conversations: 41,
      bad: 1,
      cut: 0,
      recorded: { conversations: 0, kept: 0 },
    });
    expect(bad).toEqual([41]);
    expect(measure.sample).toHaveLength(12);
  });

  it('asks the first question of all, and windows only of those that have both', async () => {
    const { stages } = await measureCorpus(corpusOf(corpus([1, 5, 6, 9, 2]))(), given().all);
    const asked = stages.map(({ name, certain, possible, sampled }) => [
      name,
      certain.requests,
      possible,
      sampled.requests,
    ]);
    expect(asked).toEqual([
      ['affective', 5, 0, 0],
      ['pushback', 0, 5, 5],
      ['sentiment/opening', 0, 2, 2],
      ['sentiment/closing', 0, 2, 2],
    ]);
    for (const { certain, sampled, bytesPerCharacter } of stages) {
      expect(certain.characters + sampled.characters).toBeGreaterThan(2 * 11_000);
      expect(bytesPerCharacter).toBeGreaterThan(1);
      expect(bytesPerCharacter).toBeLessThan(1.2);
    }
  });

  it('knows which questions are left where answers are on record', async () => {
    const cwd = corpus([2, 7, 1]);
    const [, long] = (await readAll('corpus.jsonl', cwd)).flatMap((each) => {
      return each.kind === 'bad' ? [] : [each.conversation];
    });
    if (long === undefined) throw new Error('no conversation');
    const answered = new Set([questions.first(long).requestHash, questions.further(long)[0]?.requestHash]);
    const recorded: MeasureOptions['recorded'] = ({ requestHash }) =>
      answered.has(requestHash) ? counselling : null;
    const measure = await measureCorpus(corpusOf(cwd)(), given({ recorded }).all);
    expect(measure.recorded).toEqual({ conversations: 1, kept: 1 });
    expect(measure.stages.map(({ certain, possible }) => [certain.requests, possible])).toEqual([
      [2, 0],
      [0, 2],
      [1, 0],
      [1, 0],
    ]);
  });

  it('counts conversations that are cut', async () => {
    const short = { ...study, study: { ...study.study, longest: 1000 } };
    const content = 'a long day. '.repeat(200);
    const cwd = makeWorkspace({ 'corpus.jsonl': [{ messages: [{ role: 'user', content }] }] });
    expect(await measureCorpus(corpusOf(cwd)(), given({ study: short }).all)).toMatchObject({ cut: 1 });
  });

  it('draws the same sample for the same seed', async () => {
    const cwd = smallCorpus(60);
    const ids = async (seed: number) => {
      const { sample } = await measureCorpus(corpusOf(cwd)(), given({ seed }).all);
      return sample.map(({ id }) => id);
    };
    expect(await ids(3)).toEqual(await ids(3));
    expect(await ids(3)).not.toEqual(await ids(4));
  });
});

describe('a corpus with bad records', () => {
  const bad = (line: number): CorpusRecord => ({ kind: 'bad', file: 'a.jsonl', line, what: 'is not JSON' });
  const good = (line: number): CorpusRecord => ({
    kind: 'conversation',
    conversation: {
      id: `c${line}`,
      messages: [{ role: 'user', content: 'hi' }],
      position: { file: 'a.jsonl', line },
    },
  });

  it('is refused with the share and the side file', async () => {
    const { all } = given({ maxBad: 0.02 });
    await expect(measureCorpus(corpusOf(smallCorpus(30))(), all)).rejects.toMatchObject({
      exitCode: 2,
      problems: [
        {
          file: 'out/bad-records.jsonl',
          what: '1 of 32 records read are bad: 3.13%, more than --max-bad 2%',
          mend: expect.stringContaining('Nothing was asked'),
        },
      ],
    });
  });

  it('is read no further than where the share is sure', async () => {
    let read = 0;
    async function* batches() {
      for (const each of [good(1), bad(2), bad(3), bad(4), good(5)]) {
        read += 1;
        yield [each];
      }
    }
    // Of 10 conversations and 2 bad records, 1 in 6 is bad at best; of 10 and 3, 3 in 13.
    const { all } = given({ maxBad: 0.2, most: 10 });
    await expect(measureCorpus(batches(), all)).rejects.toMatchObject({ exitCode: 2 });
    expect(read).toBe(4);
  });

  it('is refused in whatever order its records stand, if and only if too many are bad', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 0, max: 10 }),
      fc.boolean(),
      async (goods, tenths, isKnown) => {
        const maxBad = tenths / 10;
        async function* batches() {
          for (const [index, isGood] of goods.entries()) yield [isGood ? good(index) : bad(index)];
        }
        const conversations = goods.filter(Boolean).length;
        const { all } = given({ maxBad, most: isKnown ? conversations : null });
        const outcome = await measureCorpus(batches(), all).then(
          () => 'measured',
          () => 'refused',
        );
        expect(outcome).toBe((goods.length - conversations) / goods.length > maxBad ? 'refused' : 'measured');
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});

describe('sizes in classes', () => {
  it('have the number, the sum and nearly the size of each', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000_000 }), { minLength: 1 }), (sizes) => {
        const all = openSizes();
        for (const each of sizes) all.add(each);
        const { requests, characters, classes } = all.sum();
        const total = sizes.reduce((sum, each) => sum + each, 0);
        expect([requests, characters]).toEqual([sizes.length, total]);
        expect(classes.reduce((sum, each) => sum + each.characters * each.count, 0)).toBeCloseTo(total, 3);
        for (const each of sizes)
          expect(classes.some((one) => Math.abs(one.characters - each) <= 0.1 * each + 1)).toBe(true);
      }),
    );
  });
});
