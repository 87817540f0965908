import type { Baseline } from '../src/baseline/baseline.ts';
import { NO_USAGE } from '../src/model/model.ts';
import type { Case } from '../src/plan/case.ts';
import type { Field } from '../src/schema/field.ts';
import type { Answer } from '../src/schema/run-record.ts';
import type { Rule } from '../src/schema/suite.ts';
import type { RunSoFar } from '../src/watch/complete-run.ts';

const LEVELS = ['low', 'middle', 'high'];
const FIELDS: Record<string, Field> = { mood: { kind: 'ordinal', levels: { low: -1, middle: 0, high: 1 } } };

/** One case: what is expected, what was accepted and what was answered, by level; null for what is not there. */
export interface Given {
  expected: number;
  before: number | null;
  now: number | null;
  family?: number;
  tags?: string[];
}

export function answerOf(level: number): Answer {
  const label = { mood: LEVELS[level] ?? 'low' };
  return { status: 'answered', label, raw: '', usage: NO_USAGE, latency_ms: 1 };
}

/** A run that is under way, and what was accepted before. */
export function runSoFar(
  given: readonly Given[],
  rules: Rule[],
  { headline = 'mood.accuracy', request = '1' } = {},
): { soFar: RunSoFar; baseline: Baseline } {
  const cases = given.map(({ expected, family, tags = [] }, index): Case => {
    const id = `c${String(index).padStart(4, '0')}`;
    return {
      ...{ id, conversation: id, window: null, family: `f${family ?? index}`, lang: 'en', tags },
      ...{ text: 'a'.repeat(16), expected: { mood: LEVELS[expected] ?? 'low' } },
      request: { system: '', user: '', schema: {}, maxTokens: 1 },
      requestHash: request.repeat(64),
    };
  });
  const sha256 = '0'.repeat(64);
  const suite = { name: 'mood', prompt: 'prompts/mood.md', fields: FIELDS, headline, rules };
  const soFar: RunSoFar = {
    cases,
    answers: new Map(
      given.flatMap(({ now }, index): [string, Answer][] =>
        now === null ? [] : [[cases[index]?.id ?? '', answerOf(now)]],
      ),
    ),
    source: {
      suite: {
        ...{ path: 'suites/mood.yaml', sha256, suite, labels: 'mood', onUndecided: 'warn' },
        task: { name: 'mood', fields: FIELDS, windows: null },
        line: () => 1,
      },
      prompt: { path: 'prompts/mood.md', sha256 },
      goldens: { path: 'goldens', sha256, conversations: cases.length },
      ...{ model: 'embedded', git: null, startedAt: '2026-02-02T00:00:00.000Z', repeats: 1 },
      selection: { filters: [], limit: null },
      ...{ asked: 0, spent: NO_USAGE, seconds: 0 },
    },
  };
  const accepted = given.flatMap(({ before }, index) => {
    const found = cases[index];
    if (before === null || found === undefined) return [];
    const { id, text } = found;
    const label = { mood: LEVELS[before] ?? 'low' };
    return [{ id, text, request: '0'.repeat(64), answers: [{ status: 'answered' as const, label }] }];
  });
  const header = {
    ...{ touchstone: 'baseline' as const, version: 1 as const, suite: 'mood', model: 'embedded' },
    ...{ prompt: sha256, repeats: 1, cases: accepted.length, fields: FIELDS },
  };
  const baseline = {
    path: 'suites/baselines/mood.embedded.jsonl',
    header,
    cases: new Map(accepted.map((each) => [each.id, each])),
  };
  return { soFar, baseline };
}
