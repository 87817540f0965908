import { assess } from '../../src/judge/assess.ts';
import { NO_USAGE } from '../../src/model/model.ts';
import type { PageInput, PageSuite } from '../../src/report/page/page-input.ts';
import type { Conversation } from '../../src/schema/conversation.ts';
import type { Answer, CaseRecord, Label, RunRecord } from '../../src/schema/run-record.ts';

/** What may be odd about a generated page. */
export interface GeneratedTexts {
  /** A message of the first conversation. */
  said?: string;
  /** The raw answer to it. */
  raw?: string;
  /** The reason noted on its label. */
  note?: string;
  /** Who voted on it. */
  by?: string;
  title?: string;
  goalpost?: string;
}

const HASH = 'a'.repeat(64);
const TONES = ['up', 'down', 'flat'];

/**
 * A page of one suite with `n` cases: every tenth broke, every eleventh was fixed, every seventh is in
 * French, and the votes on every fifth are split. `topics` is a set; the cases are closing windows.
 */
export function generatedPage(n: number, texts: GeneratedTexts = {}): PageInput {
  const expected = (index: number): Label => ({
    tone: TONES[index % 3] ?? 'up',
    topics: index % 2 === 0 ? ['work'] : [],
  });
  const answer = (index: number, right: boolean): Answer => ({
    status: 'answered',
    label: right ? expected(index) : { tone: TONES[(index + 1) % 3] ?? 'up', topics: ['home'] },
    raw: index === 0 ? (texts.raw ?? '{"tone":"up"}') : `{"case":${index}}`,
    usage: NO_USAGE,
    latency_ms: 1,
  });
  const isBroken = (index: number) => index % 10 === 0;
  const isFixed = (index: number) => !isBroken(index) && index % 11 === 0;
  const ids = Array.from({ length: n }, (_, index) => `c${String(index).padStart(5, '0')}`);
  const cases = ids.map(
    (id, index): CaseRecord => ({
      id: `${id}/closing`,
      conversation: id,
      window: 'closing',
      family: `f${index}`,
      lang: index % 7 === 0 ? 'fr' : 'en',
      tags: index < 12 ? ['critical'] : [],
      text: '0'.repeat(16),
      expected: expected(index),
      request: HASH,
      answers: [answer(index, !isBroken(index))],
    }),
  );
  const run: RunRecord = {
    touchstone: 'run',
    version: 1,
    suite: {
      name: 'mood',
      path: 'suites/mood.yaml',
      sha256: HASH,
      fields: {
        tone: { kind: 'nominal', labels: TONES },
        topics: { kind: 'set', labels: ['work', 'home'] },
      },
      windows: { closing: { take: 'last', messages: 1 } },
      headline: 'tone.accuracy',
      rules: [{ rule: 'no_worse_than_baseline', metric: 'tone.accuracy', margin: 0.03, alpha: 0.05 }],
      on_undecided: 'warn',
    },
    model: 'embedded',
    prompt: { path: 'prompts/mood.md', sha256: HASH },
    goldens: { path: 'goldens', sha256: HASH, conversations: n },
    git: { commit: 'c0ffee'.padEnd(40, '0'), dirty: false },
    started_at: '2026-03-04T05:06:07.890Z',
    repeats: 1,
    selection: null,
    cases,
    asked: n,
    spent: NO_USAGE,
    seconds: 1,
  };
  const baseline = {
    path: 'suites/baselines/mood.embedded.jsonl',
    header: {
      ...({ touchstone: 'baseline', version: 1, suite: 'mood', model: 'embedded', prompt: HASH } as const),
      ...{ repeats: 1, cases: n, fields: run.suite.fields },
    },
    cases: new Map(
      cases.map(({ id, text, request }, index) => {
        const { label } = answer(index, !isFixed(index)) as Extract<Answer, { status: 'answered' }>;
        return [id, { id, text, request, answers: [{ status: 'answered' as const, label }] }];
      }),
    ),
  };
  const suite: PageSuite = {
    assessment: assess(run, baseline),
    goldens: {
      conversations: new Map(ids.map((id, index) => [id, conversation(id, index, texts)])),
      labels: ids.map((id, index) => ({
        id,
        window: 'closing',
        label: expected(index),
        votes: [
          { by: index === 0 ? (texts.by ?? 'a') : 'a', label: expected(index), unsure: false },
          { by: 'b', label: expected(index % 5 === 1 ? index + 1 : index), unsure: index % 5 === 1 },
        ],
        adjudicated: false,
        note: index === 0 ? (texts.note ?? 'It is so.') : null,
        line: index + 1,
      })),
    },
    goalposts: texts.goalpost === undefined ? [] : [texts.goalpost],
    powerLine: 'power: a fall of 2 points can be seen',
  };
  return {
    title: texts.title ?? 'Moods',
    suites: [suite],
    history: (['accepted', 'run'] as const).map((kind, index) => ({
      ...{ suite: 'mood', model: 'embedded', kind, metric: 'tone.accuracy' },
      ...{ at: `2026-03-0${index + 1}T00:00:00Z`, commit: `${index}abcdef0`, prompt: HASH },
      ...{ promptChanged: index === 1, value: 0.9 - index / 50, low: 0.8, high: 0.95 },
    })),
    generatedAt: '2026-03-04T05:06:08Z',
  };
}

function conversation(id: string, index: number, texts: GeneratedTexts): Conversation {
  return {
    id,
    lang: index % 7 === 0 ? 'fr' : 'en',
    family: `f${index}`,
    tags: index < 12 ? ['critical'] : [],
    messages: [
      { role: 'user', content: index === 0 ? (texts.said ?? 'hello') : `hello from number ${index}` },
      { role: 'assistant', content: 'good day' },
      { role: 'user', content: 'and good bye' },
    ],
  };
}
