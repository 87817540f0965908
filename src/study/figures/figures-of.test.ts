import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallRecord } from '../../../test/small-study-record.ts';
import type { StudyRecord } from '../../schema/study-record.ts';
import type { StudyFigure, StudyFigures } from '../figure.ts';
import type { GoldenErrors } from '../golden-errors.ts';
import type { LabelledConversation, LabelledSample } from '../labelled-sample.ts';
import { figuresOf } from './figures-of.ts';

const NOTHING = { goldens: null, sample: null };

function find({ figures }: StudyFigures, kind: StudyFigure['kind'], topic: string | null): StudyFigure {
  const found = figures.find((figure) => figure.kind === kind && figure.topic === topic);
  if (found === undefined) throw new Error(`no ${kind} of ${topic}`);
  return found;
}

describe('figuresOf', () => {
  it('gives shares of the conversations with a usable answer, and nothing corrected where nothing is known', () => {
    const figures = figuresOf(smallRecord(), NOTHING);
    expect(find(figures, 'prevalence', null)).toMatchObject({ conversations: 990, raw: { value: 90 / 990 } });
    expect(find(figures, 'rate', 'coaching').raw.value).toBe(0.2);
    expect(find(figures, 'shift', null).raw.value).toBeCloseTo(0.25, 12);
    expect(figures.figures.every(({ corrected }) => corrected.length === 0)).toBe(true);
    expect(figures.cautions.join('\n')).toContain('no figure is corrected');
  });

  it('is the same every time, intervals included', () => {
    expect(figuresOf(smallRecord(), NOTHING)).toEqual(figuresOf(smallRecord(), NOTHING));
  });

  it('has no figure where no conversation counts', () => {
    const record = smallRecord();
    const groups = record.groups.map((group) => ({ ...group, conversations: 0, rates: {}, shifts: {} }));
    const empty: StudyRecord = { ...record, groups, labels: {} };
    expect(figuresOf(empty, NOTHING).figures).toEqual([]);
  });

  it('leaves a topic that is too rare out of rates and shifts, never the one at the limit', () => {
    const leftOutAt = (under: number) => {
      const record = smallRecord();
      const select = { ...record.study.select, left_out_under: { company: under } };
      return figuresOf({ ...record, study: { ...record.study, select } }, NOTHING);
    };
    expect(leftOutAt(40 / 990).leftOut).toEqual([]);
    const figures = leftOutAt(0.05);
    expect(figures.leftOut).toEqual([{ topic: 'company', conversations: 40, share: 40 / 990, under: 0.05 }]);
    expect(figures.figures.filter(({ topic }) => topic === 'company').map(({ kind }) => kind)).toEqual([
      'prevalence',
    ]);
  });
});

describe('a correction by goldens', () => {
  const goldens: GoldenErrors = {
    kept: { truePositive: 85, falseNegative: 15, falsePositive: 1, trueNegative: 99 },
    topics: {
      coaching: { truePositive: 0, falseNegative: 0, falsePositive: 3, trueNegative: 97 },
      company: { truePositive: 90, falseNegative: 10, falsePositive: 60, trueNegative: 40 },
    },
    rates: { 'resist.resists': { truePositive: 40, falseNegative: 10, falsePositive: 10, trueNegative: 90 } },
    shifts: { 'tone.tone': { conversations: 80, shift: 0.1, interval: { low: 0.05, high: 0.15 } } },
  };
  const figures = figuresOf(smallRecord(), { goldens, sample: null });

  it('takes the error rates for those of the corpus, and says that they may not be', () => {
    const { corrected, cautions } = find(figures, 'prevalence', null);
    expect(corrected[0]?.value).toBeCloseTo((90 / 990 - 0.01) / 0.84, 12);
    expect(corrected[0]?.labelled).toBe(200);
    expect(cautions.join(' ')).toContain('may mislead');
  });

  it('is not given for rates by topic, whose error rates nobody knows', () => {
    const { corrected, cautions } = find(figures, 'rate', 'coaching');
    expect(corrected).toEqual([]);
    expect(cautions.join(' ')).toContain('Not corrected by topic');
    expect(find(figures, 'rate', null).corrected).toHaveLength(1);
  });

  it('says so where it is impossible', () => {
    expect(find(figures, 'prevalence', 'coaching')).toMatchObject({
      corrected: [],
      cautions: ['The goldens give no correction: none of them is positive.'],
    });
    const impossible = find(figures, 'prevalence', 'company');
    expect(impossible.corrected[0]?.interval).toBeNull();
    expect(impossible.cautions.join(' ')).toContain('No share at all goes with this count');
  });

  it('says how many conversations were left out for an id that came before', () => {
    const record = smallRecord();
    const corpus = { ...record.corpus, repeated: 250 };
    const { cautions } = figuresOf({ ...record, corpus }, { goldens: null, sample: null });
    expect(cautions.join(' ')).toContain('the id came before: 250 conversations (20.0%)');
    expect(figuresOf(record, { goldens: null, sample: null }).cautions.join(' ')).not.toContain(
      'came before',
    );
  });

  it('does not touch a shift, and says how far it is off on the goldens', () => {
    const { corrected, cautions } = find(figures, 'shift', null);
    expect(corrected).toEqual([]);
    expect(cautions.join(' ')).toContain('+0.100 (+0.050 to +0.150)');
  });
});

const LABELS = ['coaching', 'company', 'other', 'no answer'];

/** A conversation, its label by the model and by people, and whether the assistant resists by both. */
const conversation = fc.record({
  label: fc.constantFrom(...LABELS),
  truth: fc.constantFrom('coaching', 'company', 'other'),
  said: fc.boolean(),
  resists: fc.boolean(),
});

type Drawn = typeof conversation extends fc.Arbitrary<infer T> ? T : never;
const isTopic = (label: string) => label === 'coaching' || label === 'company';

/** A sample of every conversation, of which all are labelled. */
function census(all: readonly Drawn[]): LabelledSample {
  const labelled = all.map(({ label, truth, said, resists }): LabelledConversation => {
    const kept = isTopic(label);
    return {
      stratum: label,
      said: { kept, topics: kept ? [label] : [], rates: { 'resist.resists': kept ? said : null } },
      truth: { kept: isTopic(truth), topics: isTopic(truth) ? [truth] : [] },
      rates: { 'resist.resists': resists },
    };
  });
  const strata = LABELS.flatMap((name) => {
    const within = all.filter(({ label }) => label === name);
    const size = within.length;
    const counts = { answered: size, positive: within.filter(({ said }) => said).length };
    const rates = [null, name].map((topic) => ({ topic, ...counts }));
    const isKept = isTopic(name);
    return size === 0
      ? []
      : [
          {
            ...{ name, size, sampled: size, kept: isKept ? size : 0, topics: isKept ? { [name]: size } : {} },
            rates: { 'resist.resists': isKept ? rates : [] },
          },
        ];
  });
  return { strata, labelled, drawn: all.length, unfilled: 0, unsure: 0 };
}

describe('a correction by a labelled sample', () => {
  it('gives the truth where every conversation is labelled, within its interval', () => {
    fc.assert(
      fc.property(fc.array(conversation, { minLength: 1, maxLength: 60 }), (all) => {
        const figures = figuresOf(smallRecord(), { goldens: null, sample: census(all) });
        const truths = [
          ['prevalence', null, all.map(({ truth }) => isTopic(truth))],
          ['prevalence', 'coaching', all.map(({ truth }) => truth === 'coaching')],
          ['rate', null, all.filter(({ label }) => isTopic(label)).map(({ resists }) => resists)],
          ['rate', 'company', all.filter(({ label }) => label === 'company').map(({ resists }) => resists)],
        ] as const;
        for (const [kind, topic, values] of truths) {
          const { corrected } = find(figures, kind, topic);
          const share = values.filter(Boolean).length / values.length;
          expect(corrected.length).toBe(
            values.length === 0 ? 0 : topic === null && kind === 'prevalence' ? 1 : 2,
          );
          const plain = corrected.at(-1);
          if (plain === undefined) continue;
          expect(plain.value).toBeCloseTo(share, 9);
          expect(plain.interval?.low).toBeLessThanOrEqual(share + 1e-9);
          expect(plain.interval?.high).toBeGreaterThanOrEqual(share - 1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is not given where the conversations of some label were not labelled, and says so', () => {
    const sample = census(LABELS.map((label) => ({ label, truth: 'other', said: true, resists: true })));
    const labelled = sample.labelled.filter(({ stratum }) => stratum !== 'other');
    const figures = figuresOf(smallRecord(), { goldens: null, sample: { ...sample, labelled, unfilled: 1 } });
    for (const topic of [null, 'coaching']) {
      const { corrected, cautions } = find(figures, 'prevalence', topic);
      expect(corrected).toEqual([]);
      expect(cautions.join(' ')).toContain('one of its groups has no conversation that was labelled');
    }
    expect(figures.cautions.join(' ')).toContain('left out at random');
  });
});
