import { Chalk } from 'chalk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpusOf, shippedStudy, smallCorpus } from '../../test/study-in-batches.ts';
import { studyQuestions } from './ask-conversation.ts';
import { countSample } from './count-sample.ts';
import { type ForecastInput, forecastStudy } from './forecast.ts';
import { type CorpusMeasure, measureCorpus, type StageMeasure } from './measure-corpus.ts';
import { renderForecast } from './render-forecast.ts';

const NOTHING = { requests: 0, characters: 0, classes: [] };
const all = (requests: number, each: number) => ({
  requests,
  characters: requests * each,
  classes: requests === 0 ? [] : [{ characters: each, count: requests }],
});

function stage(given: Partial<StageMeasure>): StageMeasure {
  return {
    name: 'select',
    suite: 'select',
    systemCharacters: 8000,
    maxTokens: 1000,
    humanMessages: 1,
    certain: NOTHING,
    possible: 0,
    sampled: NOTHING,
    bytesPerCharacter: 1,
    ...given,
  };
}

function measureOf(stages: StageMeasure[], conversations: number): CorpusMeasure {
  return { conversations, bad: 0, cut: 0, recorded: { conversations: 0, kept: 0 }, stages, sample: [] };
}

/** A million conversations, of which half have both windows. */
const million = measureOf(
  [
    stage({ certain: all(1e6, 10_000) }),
    stage({ name: 'rate', suite: 'rate', possible: 1e6, sampled: all(1000, 10_000) }),
    stage({ name: 'shift/from', suite: 'shift', possible: 5e5, sampled: all(500, 9000) }),
    stage({ name: 'shift/to', suite: 'shift', possible: 5e5, sampled: all(500, 9000) }),
  ],
  1e6,
);

const input: ForecastInput = {
  rates: { labelled: 400, kept: 300 },
  keptShare: 0.03,
  counted: null,
  answerTokens: new Map(),
  price: (tokens) =>
    (0.05 * (tokens.input_tokens + 1.25 * tokens.cache_write_tokens + 0.1 * tokens.cache_read_tokens)) / 1e6,
  way: { kind: 'batches', limits: { requests: 100_000, bytes: 1e8 }, inFlight: 10 },
};

describe('the forecast of a study', () => {
  it('goes from the share given to that of the goldens', () => {
    const { stages, total, keptShare } = forecastStudy(million, input);
    expect(keptShare).toEqual({ low: 0.03, high: 0.75, isGiven: true });
    expect(stages.map(({ requests }) => requests)).toEqual([
      { low: 1e6, high: 1e6 },
      { low: 30_000, high: 750_000 },
      { low: 15_000, high: 375_000 },
      { low: 15_000, high: 375_000 },
    ]);
    expect(total.requests).toEqual({ low: 1_060_000, high: 2_500_000 });
    expect(stages[0]?.inputTokens).toEqual({ low: 2.5e9, high: 5e9 });
  });

  it('goes from none to all where nobody knows a share, and never below what is given', () => {
    const shareOf = (given: Partial<ForecastInput>) =>
      forecastStudy(million, { ...input, ...given }).keptShare;
    expect(shareOf({ keptShare: null })).toMatchObject({ low: 0, high: 0.75, isGiven: false });
    expect(shareOf({ keptShare: null, rates: null })).toMatchObject({ low: 0, high: 1 });
    expect(shareOf({ keptShare: 0.9 })).toMatchObject({ low: 0.9, high: 0.9 });
  });

  it('prices the system text as cached at best and as written every time at worst', () => {
    const alone = measureOf([stage({ certain: all(1000, 10_000) })], 1000);
    const counted = new Map([['select', [{ tokens: 2500, characters: 10_000 }]]]);
    const tokens = Array.from(
      { length: 2 },
      () => counted.get('select')?.[0] ?? { tokens: 0, characters: 0 },
    );
    const { total } = forecastStudy(alone, { ...input, counted: new Map([['select', tokens]]) });
    expect(total.inputTokens).toEqual({ low: 2_500_000, high: 2_500_000 });
    const perRequest = (cached: number) => ((500 + cached * 2000) * 0.05) / 1e6;
    expect(total.usd?.low).toBeCloseTo(999 * perRequest(0.1) + perRequest(1.25), 9);
    expect(total.usd?.high).toBeCloseTo(1000 * perRequest(1.25), 9);
  });

  it('takes the length of answers from the goldens’ answers where there are any', () => {
    const price: ForecastInput['price'] = (tokens) => tokens.output_tokens;
    const usd = (answerTokens: ForecastInput['answerTokens']) =>
      forecastStudy(million, { ...input, answerTokens, price }).stages[0]?.usd;
    expect(usd(new Map())).toEqual({ low: 15e6, high: 1000e6 });
    expect(usd(new Map([['select', { low: 60, high: 70 }]]))).toEqual({ low: 60e6, high: 70e6 });
  });

  it('counts batches by the limit that is reached first, of one suite each, and the rounds they take', () => {
    // 10 GB of first questions in batches of 100 MB; then 300 MB and 270 MB, or 7.5 GB and 6.75 GB.
    expect(forecastStudy(million, input).time).toEqual({
      kind: 'batches',
      inFlight: 10,
      batches: { low: 100 + 3 + 3, high: 100 + 75 + 68 },
      bytes: { low: 10.57e9, high: 24.25e9 },
      rounds: { low: 10 + 1, high: 10 + 15 },
    });
    const small = { kind: 'batches', limits: { requests: 1000, bytes: 1e12 }, inFlight: 10 } as const;
    expect(forecastStudy(million, { ...input, way: small }).time).toMatchObject({
      batches: { low: 1060, high: 2500 },
    });
  });

  it('knows how long asking one by one takes only at a rate', () => {
    const time = (perSecond: number | null) =>
      forecastStudy(million, { ...input, way: { kind: 'one by one', perSecond } }).time;
    expect(time(null)).toEqual({ kind: 'unknown' });
    expect(time(100)).toEqual({ kind: 'one by one', perSecond: 100, seconds: { low: 10_600, high: 25_000 } });
  });

  it('has no low end above its high end, whatever the corpus', () => {
    const count = fc.integer({ min: 0, max: 5000 });
    const anyStage = fc.record({
      certain: count,
      possible: count,
      sampled: count,
      each: fc.integer({ min: 1, max: 90_000 }),
    });
    const property = fc.property(
      fc.array(anyStage, { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (given, share) => {
        const stages = given.map(({ certain, possible, sampled, each }, index) => {
          const name = `s${index % 3}`;
          return stage({
            name,
            suite: name,
            certain: all(certain, each),
            possible,
            sampled: all(sampled, each),
          });
        });
        const { total, time } = forecastStudy(measureOf(stages, 5000), { ...input, keptShare: share });
        for (const range of [
          total.requests,
          total.inputTokens,
          total.usd,
          ...('batches' in time ? [time.batches, time.rounds] : []),
        ])
          expect(range?.low).toBeLessThanOrEqual((range?.high ?? Number.NaN) * (1 + 1e-9));
      },
    );
    fc.assert(property);
  });
});

describe('a forecast on a terminal', () => {
  const show = (given: Partial<ForecastInput>, columns = 100, measure = million) =>
    renderForecast(forecastStudy(measure, { ...input, ...given }), {
      chalk: new Chalk({ level: 0 }),
      columns,
    });

  it('is a table by stage, and how to read it', () => {
    expect(show({})).toBe(`1,000,000 conversations.

stage                     requests            tokens in              US$
select                   1,000,000   2,500 M to 5,000 M  35.00 to 300.00
rate             30,000 to 750,000      75 M to 3,750 M   1.05 to 225.00
shift/from       15,000 to 375,000      34 M to 1,688 M   0.34 to 103.13
shift/to         15,000 to 375,000      34 M to 1,688 M   0.34 to 103.13
total       1,060,000 to 2,500,000  2,643 M to 12,125 M  36.73 to 731.25

Later stages: from 3%, as given, of the conversations kept to the goldens' rate, 75% (300 of 400).
Goldens are no random sample of a corpus: they hold what is rare on purpose, so the true share is
likely far lower.
Tokens: not counted; a quarter to half a token a character.
Dollars: low where prompts are read from the cache, high where each request writes its own. Answers:
from the shortest answer to the longest that is allowed, thinking included.
Time: 106 to 243 batches, 10.6 GB to 24.3 GB to send, 10 at the API at once. Each ends within 24
hours: 11 days to 25 days at the most; 11 h to 25 h where each takes an hour.
`);
  });

  it('says that goldens are no random sample', () => {
    expect(show({}).replaceAll('\n', ' ')).toContain(
      "from 3%, as given, of the conversations kept to the goldens' rate, 75% (300 of 400). Goldens are no random sample",
    );
    expect(show({ keptShare: null, rates: null }).replaceAll('\n', ' ')).toContain(
      'There are no goldens to go by',
    );
  });

  it('says which answers are known to be how long', () => {
    const known = (...suites: string[]) =>
      show({ answerTokens: new Map(suites.map((suite) => [suite, { low: 1, high: 2 }])) }).replaceAll(
        '\n',
        ' ',
      );
    expect(known('select', 'rate', 'shift')).toContain("Answers: as long as the goldens' on record. Time");
    expect(known('select')).toContain('on record; of rate, shift, from the shortest answer');
  });

  it('says what is unknown', () => {
    const text = show({ price: null, way: { kind: 'one by one', perSecond: null } }).replaceAll('\n', ' ');
    expect(text).toContain('unknown');
    expect(text).toContain('prices.yaml');
    expect(text).toContain('as fast as the account allows');
  });

  it('fits any terminal, and shows no control character of a suite’s name', () => {
    const hostile = measureOf(
      million.stages.map((each) => ({ ...each, name: `${each.name}\u001b[31m`, suite: each.name })),
      1e6,
    );
    for (const columns of [20, 40, 60, 80, 200]) {
      const text = show({}, columns, hostile);
      expect(text).not.toContain('\u001b');
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });
});

describe('a forecast of a real corpus', () => {
  it('counts tokens of each stage by whoever can', async () => {
    const study = shippedStudy();
    const measure = await measureCorpus(corpusOf(smallCorpus())(), {
      study,
      recorded: () => null,
      maxBad: 1,
      badRecords: { shown: '', write: () => {} },
      most: null,
      seed: 1,
      signal: new AbortController().signal,
      onProgress: () => {},
    });
    const counted = await countSample(
      measure.sample,
      studyQuestions(study),
      async ({ system }) => system.length,
    );
    expect([...counted.keys()].sort()).toEqual(measure.stages.map(({ name }) => name).sort());
    expect(counted.get('affective')).toHaveLength(12);
    const { total, isCounted } = forecastStudy(measure, { ...input, counted });
    expect(isCounted).toBe(true);
    expect(total.requests.low).toBeLessThan(total.requests.high);
  });
});
