import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeWorkspace, REPOSITORY } from './workspace.ts';

const MOOD = `name: mood
description: How does the person sound?
prompt: prompts/mood.md
windows:
  opening: { take: first, messages: 1 }
  closing: { take: last, messages: 1, at_least: 2 }
fields:
  tone: { kind: ordinal, levels: { down: -1, even: 0, up: 1 } }
headline: tone.accuracy
rules:
  - { rule: no_worse_than_baseline, metric: tone.accuracy, margin: 0.05, alpha: 0.05 }
on_undecided: warn
`;

const TALK = `name: talk
description: What is it about, and does the assistant resist?
prompt: prompts/talk.md
fields:
  main: { kind: nominal, labels: [work, home, other] }
  topics: { kind: set, labels: [work, home, health], contains: main }
  pushback: { kind: binary }
  reason: { kind: nominal, labels: [policy, harm], only_where: pushback }
headline: main.accuracy
rules:
  - { rule: no_worse_than_baseline, metric: main.accuracy, margin: 0.05, alpha: 0.05 }
on_undecided: warn
`;

const CODEBOOK = `# Codebook

Label what is **written**.

## 1. Mood: how it sounds

| label | sounds like |
| --- | --- |
| \`down\` | sad <script>document.title = 'run'</script> |

## 2. Talk: what it is about

1. Work beats home.
2. A refusal is pushback.
`;

/** Text that would take effect if any of it were more than text. */
export const HOSTILE = '</script><img src=x onerror="document.title=1">{{7*7}}\u202egnitirw\u0007 `1` %s';

function conversation(id: string, turns: string[]) {
  const messages = turns.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content }));
  return { id, lang: 'en', family: id, tags: ['sarcasm'], messages };
}

/** A project of two suites, four conversations, and no label yet. */
export function openProject(files: Record<string, unknown> = {}): string {
  const ids = ['c1', 'c2', 'c3', 'c4'];
  return makeWorkspace({
    'suites/mood.yaml': MOOD,
    'suites/talk.yaml': TALK,
    'goldens/CODEBOOK.md': CODEBOOK,
    'goldens/conversations.jsonl': [
      conversation('c1', ['a first word', 'an answer', 'a last word']),
      conversation('c2', ['all is well']),
      conversation('c3', [HOSTILE, HOSTILE]),
      conversation('c4', ['nothing more']),
    ],
    'goldens/open/mood.jsonl': [
      ...ids.map((id) => ({ id, window: 'opening' })),
      { id: 'c1', window: 'closing' },
    ],
    'goldens/open/talk.jsonl': ids.map((id) => ({ id })),
    ...files,
  });
}

/** The lines of a JSON Lines file of the goldens; empty where there is none. */
export function linesOf(cwd: string, name: string): Record<string, unknown>[] {
  try {
    const text = readFileSync(path.join(cwd, 'goldens', name), 'utf8').trimEnd();
    return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

export interface Labeller {
  url: string;
  child: ChildProcess;
  /** What it wrote so far. */
  said(): { out: string; err: string };
  /** Sends a signal and gives what it wrote in all, once it is over. */
  end(signal?: NodeJS.Signals): Promise<{ code: number | null; out: string; err: string }>;
}

/** Starts `touchstone goldens label ARGS` and waits for its address. */
export async function startLabeller(cwd: string, args: readonly string[]): Promise<Labeller> {
  const program = path.join(REPOSITORY, 'bin', 'touchstone.js');
  const child = spawn(process.execPath, [program, 'goldens', 'label', ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said.err += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said.out += chunk;
      const [, found] = /^(http:\S+)\n/.exec(said.out) ?? [];
      if (found !== undefined) resolve(found);
    });
    ended.then(() => reject(new Error(`ended: ${said.out}${said.err}`)));
  });
  return {
    url,
    child,
    said: () => ({ ...said }),
    async end(signal = 'SIGTERM') {
      child.kill(signal);
      return { code: await ended, ...said };
    },
  };
}
