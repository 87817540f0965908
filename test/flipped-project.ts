import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { baselineText } from '../src/baseline/baseline.ts';
import { NO_USAGE } from '../src/model/model.ts';
import { fingerprint } from '../src/plan/fingerprint.ts';
import { recordText } from '../src/record/record-files.ts';
import type { Field } from '../src/schema/field.ts';
import type { RunRecord } from '../src/schema/run-record.ts';
import { makeWorkspace, REPOSITORY } from './workspace.ts';

export const BASELINE = 'suites/baselines/mood.embedded.jsonl';
export const RUN = '.touchstone/runs/20260202T000000000Z-mood.json';
const FEELINGS: Field = { kind: 'nominal', labels: ['glad', 'sad'] };
export const LABELS = ['glad', 'sad', 'glad', 'sad'];
export const BEFORE = ['glad', 'sad', 'sad', 'sad'];
/** c1 broke, c2 broke, c3 was fixed, c4 stayed. */
export const NOW = ['sad', 'glad', 'glad', 'sad'];

const messagesOf = (index: number) => [
  { role: 'user', content: `first of c${index + 1} \u001b]0;owned\u0007` },
  { role: 'assistant', content: 'hm' },
  { role: 'user', content: `last of c${index + 1}` },
];

/** A run of four cases; `prompt` is a hexadecimal digit that its hash is made of. */
export function runOf(given: readonly string[], prompt: string): RunRecord {
  const cases = given.map((feeling, index): RunRecord['cases'][number] => ({
    ...{ id: `c${index + 1}/closing`, conversation: `c${index + 1}`, window: 'closing', family: `f${index}` },
    ...{ lang: 'en', tags: [], text: fingerprint(messagesOf(index)).slice(0, 16) },
    ...{ expected: { feeling: 'glad' }, request: prompt.repeat(64) },
    answers: [{ status: 'answered', label: { feeling }, raw: '', usage: NO_USAGE, latency_ms: 1 }],
  }));
  return {
    ...{ touchstone: 'run', version: 1, model: 'embedded', git: null, repeats: 1, selection: null },
    suite: {
      ...{ name: 'mood', path: 'suites/mood.yaml', sha256: '0'.repeat(64), fields: { feeling: FEELINGS } },
      ...{ windows: { closing: { take: 'last', messages: 1 } }, headline: 'feeling.accuracy', rules: [] },
      on_undecided: 'warn',
    },
    prompt: { path: 'prompts/mood.md', sha256: prompt.repeat(64) },
    goldens: { path: 'goldens', sha256: '0'.repeat(64), conversations: 4 },
    ...{ started_at: '2026-02-02T00:00:00.000Z', cases, asked: 4, spent: NO_USAGE, seconds: 1 },
  };
}

/** A project whose last run flipped three of four cases. The record's own labels are out of date. */
export function flippedProject(now: readonly string[] = NOW): string {
  return makeWorkspace({
    'suites/mood.yaml': {
      ...{ name: 'mood', prompt: 'prompts/mood.md', fields: { feeling: FEELINGS }, rules: [] },
      ...{ windows: { closing: { take: 'last', messages: 1 } }, headline: 'feeling.accuracy' },
    },
    'goldens/conversations.jsonl': LABELS.map((_, index) => ({
      ...{ id: `c${index + 1}`, lang: 'en', family: `f${index}`, tags: [], messages: messagesOf(index) },
    })),
    'goldens/labels/mood.jsonl': LABELS.map((feeling, index) => ({
      ...{ id: `c${index + 1}`, window: 'closing', feeling },
    })),
    [BASELINE]: baselineText(runOf(BEFORE, 'a')),
    [RUN]: recordText(runOf(now, 'b')),
  });
}

/** Runs a command of the source tree as a child process, as the command line would. */
export function driver(call: string): string[] {
  const source = (file: string) =>
    JSON.stringify(pathToFileURL(path.join(REPOSITORY, 'src', 'cli', file)).href);
  const code = `
    const { processTerminal } = await import(${source('terminal.ts')});
    const { reviewCommand } = await import(${source('review.ts')});
    const { diffCommand } = await import(${source('diff.ts')});
    try { process.exitCode = await ${call}; } catch (error) {
      console.error(error.message + ' ' + (error.mend ?? ''));
      process.exitCode = error.exitCode ?? 99;
    }`;
  return ['--input-type=module', '-e', code];
}

/** No colour, and nothing of the user's own git. */
export const ENV = {
  PATH: process.env.PATH,
  NO_COLOR: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};
