import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../errors/problem.ts';
import { NO_USAGE } from '../model/model.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { Task } from '../task/task.ts';
import { baselineFileName, baselineText } from './baseline.ts';
import { parseBaseline, writeBaseline } from './load.ts';

const task: Task = {
  name: 'tone',
  windows: null,
  fields: { tone: { kind: 'nominal', labels: ['up', 'down'] } },
};

function runOf(ids: string[]): RunRecord {
  return {
    touchstone: 'run',
    version: 1,
    suite: {
      name: 'tone',
      path: '',
      sha256: '',
      fields: { ...task.fields },
      windows: null,
      headline: 'tone.accuracy',
      rules: [],
      on_undecided: 'warn',
    },
    model: 'anthropic:claude-haiku-5-5',
    prompt: { path: 'prompts/tone.md', sha256: 'a'.repeat(64) },
    goldens: { path: 'goldens', sha256: 'b'.repeat(64), conversations: ids.length },
    git: null,
    started_at: new Date().toISOString(),
    repeats: 1,
    selection: null,
    cases: ids.map((id) => ({
      id,
      conversation: id,
      window: null,
      family: id,
      lang: 'en',
      tags: [],
      text: 'd'.repeat(16),
      expected: { tone: 'up' },
      request: 'c'.repeat(64),
      answers: [
        {
          status: 'answered',
          label: { tone: 'down' },
          raw: 'My secret: {"tone": "down"}',
          usage: NO_USAGE,
          latency_ms: Math.random(),
        },
      ],
    })),
    asked: ids.length,
    spent: NO_USAGE,
    seconds: 1,
  };
}

const good = baselineText(runOf(['b', 'a']));
const [header = '', firstCase = '', secondCase = ''] = good.split('\n');

function problemsOf(text: string, model = 'anthropic:claude-haiku-5-5', of = task): string[] {
  return parseBaseline(Buffer.from(text), 'suites/baselines/x.jsonl', of, model).problems.map(formatProblem);
}

describe('a baseline', () => {
  it('is a header and a line a case, sorted, without what the model said or how long it took', () => {
    expect(good).toBe(baselineText(runOf(['a', 'b'])));
    expect(good.trim().split('\n')).toHaveLength(3);
    expect(firstCase).toBe(
      `{"id":"a","text":"${'d'.repeat(16)}","request":"${'c'.repeat(64)}","answers":[{"status":"answered","label":{"tone":"down"}}]}`,
    );
    expect(good).not.toContain('secret');
  });

  it('is found again under a name that any file system takes', () => {
    expect(baselineFileName('tone', 'anthropic:claude-haiku-5-5')).toBe(
      'tone.anthropic-claude-haiku-5-5.jsonl',
    );
    expect(baselineFileName('tone', '../../etc/passwd')).toBe('tone...-..-etc-passwd.jsonl');
  });

  it('says whether writing it changed a byte', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'touchstone-baseline-'));
    const { file, changed } = writeBaseline(folder, runOf(['a']));
    const bytes = readFileSync(file);
    expect(changed).toBe(true);
    expect(writeBaseline(folder, runOf(['a'])).changed).toBe(false);
    expect(readFileSync(file)).toEqual(bytes);
  });

  it('reads back as it was written', () => {
    const { baseline, problems } = parseBaseline(Buffer.from(good), 'x', task, 'anthropic:claude-haiku-5-5');
    expect(problems).toEqual([]);
    expect([...(baseline?.cases.keys() ?? [])]).toEqual(['a', 'b']);
  });

  it.each([
    [
      'of another task',
      good.replace('"suite":"tone"', '"suite":"mood"'),
      /:1: is the baseline of suite "mood", not of "tone"/,
    ],
    [
      'of another model',
      good.replace('haiku', 'opus'),
      /:1: is the baseline of model "anthropic:claude-opus-5-5", not of/,
    ],
    [
      'of a newer version',
      good.replace('"version":1', '"version":2'),
      /:1: is of version 2, newer than version 1\. Update touchstone\./,
    ],
    [
      'of other fields',
      good.replace('["up","down"]', '["up","flat"]'),
      /:1: was accepted when the suite had other fields/,
    ],
    ['that is empty', '', /is empty/],
    ['with half its lines gone', `${header}\n${firstCase}\n`, /x\.jsonl: has 1 of its 2 cases/],
    ['that breaks off', good.slice(0, -20), /:3.*not valid JSON/],
    ['with a case twice', `${good}${firstCase}\n`, /:4 \(a\): has this case twice/],
    ['without its header', `${firstCase}\n${secondCase}\n`, /:1.*touchstone/],
    ['with a conflict of a merge in it', `${header}\n<<<<<<< HEAD\n${firstCase}\n`, /:2.*not valid JSON/],
    [
      'with labels that the field does not have',
      good.replace('"tone":"down"', '"tone":"sideways"'),
      /:2 \(a\): tone is not a legal value/,
    ],
  ])('%s is refused', (_what, text, message) => {
    expect(problemsOf(text).join('\n')).toMatch(message);
  });

  it('names every fault, not the first', () => {
    const text = good
      .replace('haiku', 'opus')
      .replace('"request":"ccc', '"request":"xyz')
      .replace('"id":"b"', '"id":7');
    expect(problemsOf(text)).toHaveLength(3);
  });
});
