import type { StudyPageInput } from '../../src/report/study/study-page-input.ts';
import type { ConcernsRecord } from '../../src/schema/concerns.ts';
import type { StudyGroup, StudyRecord } from '../../src/schema/study-record.ts';
import { figuresOf } from '../../src/study/figures/figures-of.ts';
import type { GoldenErrors } from '../../src/study/golden-errors.ts';
import type { LabelledConversation, LabelledSample } from '../../src/study/labelled-sample.ts';

const REASONS = ['self_harm', 'dangerous_health', 'professional_limits', 'policy', 'harmful_assumption'];

/** Invented: label or topic, conversations of the label, of the topic, share resisted, mean of the later window. */
const TOPICS = [
  { name: 'interpersonal_advice', label: 58_120, topic: 67_120, resisted: 0.041, later: 0.1 },
  { name: 'coaching', label: 45_310, topic: 51_330, resisted: 0.052, later: 0.16 },
  { name: 'counseling', label: 17_204, topic: 22_860, resisted: 0.131, later: 0.04 },
  { name: 'companionship', label: 8_640, topic: 13_940, resisted: 0.068, later: 0.08 },
  { name: 'roleplay', label: 2_210, topic: 3_210, resisted: 0.09, later: 0 },
] as const;

const KEPT = 131_484;
const LABELS = { content_creation: 512_004, other: 3_851_902 };
const UNUSABLE = 3_888;

/** A study with invented numbers of the size of the one that it imitates: 4.5 million conversations. */
export function inventedRecord(): StudyRecord {
  const labels = Object.fromEntries(TOPICS.map(({ name, label }) => [name, label]));
  const short = 722;
  return {
    ...{ touchstone: 'study', version: 1, model: 'anthropic:claude-haiku-5-5' },
    study: {
      name: 'invented-use',
      description: 'Invented numbers: who turns to the assistant for support, and how does that go?',
      select: {
        ...{ suite: 'affective', field: 'primary', drop: ['content_creation'] },
        keep: TOPICS.map(({ name }) => name),
        ...{ at_least: { roleplay: 4 }, topics: 'topics', left_out_under: { roleplay: 0.001 } },
      },
      rates: [{ suite: 'pushback', field: 'pushback', reasons: 'reason' }],
      shifts: [{ suite: 'sentiment', field: 'sentiment', from: 'opening', to: 'closing' }],
      ...{ long_over: 50, longest: 800_000 },
    },
    prompts: Object.fromEntries(
      ['affective', 'pushback', 'sentiment'].map((suite, index) => [
        suite,
        { path: `prompts/${suite}.md`, sha256: 'abc'.charAt(index).repeat(64) },
      ]),
    ),
    scales: {
      'sentiment.sentiment': {
        very_negative: -1,
        negative: -0.5,
        neutral: 0,
        positive: 0.5,
        very_positive: 1,
      },
    },
    corpus: {
      files: Array.from({ length: 12 }, (_, index) => ({
        path: `corpus/part-${index}.parquet`,
        bytes: 1e9,
      })),
      ...{ conversations: 4_500_000, bad: 1_204, repeated: 87, cut: 41 },
    },
    git: { commit: 'c0ffee'.padEnd(40, '0'), dirty: false },
    ...{ started_at: '2026-03-04T05:06:07.890Z', seconds: 91_840 },
    funnel: [
      { name: 'read, each id once', in: 4_500_087, out: 4_500_000 },
      { name: 'answered', in: 4_500_000, out: 4_500_000 - UNUSABLE },
      { name: 'not content_creation', in: 4_496_112, out: 3_984_108 },
      { name: 'of a label to keep', in: 3_984_108, out: KEPT + short },
      { name: 'roleplay of 4 or more human messages', in: KEPT + short, out: KEPT },
      { name: 'pushback: asked', in: KEPT, out: KEPT },
      { name: 'pushback: answered', in: KEPT, out: 131_190 },
      { name: 'sentiment, opening and closing: asked', in: KEPT, out: 60_210 },
      { name: 'sentiment, opening and closing: answered', in: 60_210, out: 60_031 },
    ],
    questions: [
      { suite: 'affective', answered: 4_496_112, invalid: 3_010, refused: 866, failed: 12 },
      { suite: 'pushback', answered: 131_190, invalid: 201, refused: 93, failed: 0 },
      { suite: 'sentiment', answered: 120_233, invalid: 187, refused: 0, failed: 0 },
    ],
    groups: [
      group(null, KEPT, 0.058, 0.1),
      ...TOPICS.map(({ name, topic, resisted, later }) => group(name, topic, resisted, later)),
    ],
    labels: { ...labels, ...LABELS, roleplay: (labels.roleplay ?? 0) + short },
    long: { conversations: 30_104, kept: 2_911 },
    asked: 4_812_333,
    spent: {
      ...{ input_tokens: 9_100_000_000, output_tokens: 240_000_000 },
      ...{ cache_write_tokens: 0, cache_read_tokens: 0, cost_usd: 5_150.5 },
    },
  };
}

function group(topic: string | null, conversations: number, resisted: number, later: number): StudyGroup {
  const positive = Math.round(conversations * resisted);
  const reasons = REASONS.map(
    (reason, index) => [reason, Math.round((positive * (5 - index)) / 15)] as const,
  );
  const both = Math.round(conversations * 0.45);
  const risen = Math.round(both * (0.1 + later));
  const pairs = [
    { from: 'negative', to: 'neutral', count: risen },
    { from: 'neutral', to: 'negative', count: Math.round(both * 0.1) },
    { from: 'very_negative', to: 'very_negative', count: Math.round(both * 0.05) },
    { from: 'neutral', to: 'neutral', count: Math.round(both * 0.85) - risen },
  ];
  return {
    ...{ topic, conversations },
    rates: {
      'pushback.pushback': { answered: conversations, positive, reasons: Object.fromEntries(reasons) },
    },
    shifts: { 'sentiment.sentiment': pairs },
  };
}

/** 390 conversations drawn label by label; the model is right about nine of ten. */
function inventedSample({ labels }: StudyRecord): LabelledSample {
  const strata = [...Object.entries(labels), ['no answer', UNUSABLE] as const].map(([name, size]) => {
    const found = TOPICS.find((topic) => topic.name === name);
    const counts = { answered: size, positive: Math.round(size * (found?.resisted ?? 0)) };
    return {
      ...{ name, size, sampled: name === 'other' ? 180 : 30, kept: found === undefined ? 0 : size },
      topics: found === undefined ? {} : { [name]: size },
      rates: {
        'pushback.pushback': found === undefined ? [] : [null, name].map((topic) => ({ topic, ...counts })),
      },
    };
  });
  const labelled = strata.flatMap(({ name, sampled, kept }) =>
    Array.from({ length: sampled }, (_, index): LabelledConversation => {
      const said = kept > 0;
      const isRight = said ? index % 10 > 0 : index !== 7 || name !== 'other';
      const resists = index % 15 === 0;
      const isKept = said === isRight;
      return {
        stratum: name,
        said: {
          kept: said,
          topics: said ? [name] : [],
          rates: { 'pushback.pushback': said ? resists : null },
        },
        truth: { kept: isKept, topics: isKept ? [said ? name : 'companionship'] : [] },
        rates: { 'pushback.pushback': index % 12 === 0 },
      };
    }),
  );
  return { strata, labelled, drawn: labelled.length, unfilled: 4, unsure: 9 };
}

const GOLDENS: GoldenErrors = {
  kept: { truePositive: 190, falseNegative: 24, falsePositive: 4, trueNegative: 200 },
  topics: Object.fromEntries(
    TOPICS.map(({ name }) => [
      name,
      { truePositive: 40, falseNegative: 8, falsePositive: 1, trueNegative: 369 },
    ]),
  ),
  rates: { 'pushback.pushback': { truePositive: 60, falseNegative: 9, falsePositive: 5, trueNegative: 130 } },
  shifts: {
    'sentiment.sentiment': { conversations: 150, shift: -0.021, interval: { low: -0.048, high: 0.006 } },
  },
};

function inventedConcerns(): ConcernsRecord {
  const names = [
    'Difficult talks at work',
    'A breakup and what comes after',
    'Worry about work that never ends, and sleep that does not come',
    'Loneliness in a new town',
    'Choosing a career',
    null,
  ];
  const groups = names.map((name, index) => ({
    ...{ name, named_by: index === 3 ? ('words' as const) : ('model' as const) },
    ...{ conversations: 24_000 - index * 4_500, share: (24_000 - index * 4_500) / 130_900 },
    by_topic: { coaching: 9_000 - index * 1_200, interpersonal_advice: 12_000 - index * 2_100 },
  }));
  return {
    ...{ touchstone: 'concerns', version: 1, study: 'invented-use', model: 'anthropic:claude-haiku-5-5' },
    ...{ min_group: 20, seed: 1, conversations: 130_900, groups, merged: 1_204, refused_names: 2 },
    not_shown: { without_line: 584, dropped: 311 },
  };
}

/** @param known what the figures are corrected by */
export function inventedStudy(
  known: 'sample' | 'goldens' | 'nothing' = 'sample',
  record = inventedRecord(),
): StudyPageInput {
  const sample = known === 'sample' ? inventedSample(record) : null;
  const goldens = known === 'nothing' ? null : GOLDENS;
  return { record, figures: figuresOf(record, { goldens, sample }), concerns: inventedConcerns() };
}

const HOSTILE = `</svg></script><img src=x onerror=alert(1)>\u202e\u0001"'&{{7*7}}`;

/** The same study in which every name that comes from a file is hostile. */
export function hostileStudy(): StudyPageInput {
  const record = inventedRecord();
  const { select } = record.study;
  const named = (topic: string | null) => (topic === null ? null : `${HOSTILE}${topic}`);
  const evil: StudyRecord = {
    ...record,
    model: HOSTILE,
    started_at: HOSTILE,
    study: {
      ...record.study,
      description: HOSTILE,
      select: { ...select, left_out_under: { [`${HOSTILE}roleplay`]: 0.001 }, keep: [HOSTILE] },
      rates: [{ suite: 'pushback', field: HOSTILE }],
    },
    prompts: { [HOSTILE]: { path: HOSTILE, sha256: 'a'.repeat(64) } },
    funnel: record.funnel.map((stage) => ({ ...stage, name: `${HOSTILE}${stage.name}` })),
    questions: record.questions.map((each) => ({ ...each, suite: HOSTILE })),
    groups: record.groups.map(({ topic, rates, ...group }) => {
      const [rate] = Object.values(rates);
      const reasons = Object.entries(rate?.reasons ?? {}).map(([name, count]) => [
        `${HOSTILE}${name}`,
        count,
      ]);
      const renamed = { answered: 1, positive: 1, ...rate, reasons: Object.fromEntries(reasons) };
      return { ...group, topic: named(topic), rates: { [`pushback.${HOSTILE}`]: renamed } };
    }),
  };
  const { figures } = inventedStudy('nothing', evil);
  const concerns = inventedConcerns();
  const [group] = concerns.groups;
  if (group === undefined) throw new Error('no group');
  return {
    record: evil,
    figures: { ...figures, cautions: [HOSTILE] },
    concerns: {
      ...concerns,
      model: HOSTILE,
      groups: [{ ...group, name: HOSTILE, by_topic: { [HOSTILE]: 20 } }],
    },
  };
}
