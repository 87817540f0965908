import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { makeWorkspace } from './workspace.ts';

export const PROMPT = 'prompts/color.md';
export const SUITE = 'suites/color.yaml';
const GREEN = 'emerald, olive, leafy, moss, grass, a meadow';

/** Makes a project whose answers so far are accepted, all of them right, and a function that copies it. */
export async function acceptedColors(): Promise<() => string> {
  const accepted = makeWorkspace(colorProject());
  await touchstone(['run', '--no-report'], { cwd: accepted });
  await touchstone(['accept'], { cwd: accepted });
  return () => {
    const cwd = makeWorkspace({});
    cpSync(accepted, cwd, { recursive: true });
    return cwd;
  };
}

/** The prompt with what tells green taken for red: twelve flips. */
export function breakGreen(text: string): string {
  return text.replace(GREEN, 'zebra').replace('crimson, scarlet', `${GREEN}, crimson, scarlet`);
}

export function edit(cwd: string, file: string, change: (text: string) => string): void {
  const whole = path.join(cwd, file);
  writeFileSync(whole, change(readFileSync(whole, 'utf8')));
}

/** So many conversations that a run takes a while. */
export function manyColors(): Record<string, unknown> {
  const files = colorProject();
  const repeat = (lines: unknown) =>
    Array.from({ length: 25 }, (_, copy) =>
      (Array.isArray(lines) ? lines : []).map((line: { id: string }) => ({
        ...line,
        ...{ id: `${line.id}-${copy}` },
        ...('family' in line ? { family: `${line.id}-${copy}`, messages: numbered(line, copy) } : {}),
      })),
    ).flat();
  return {
    ...files,
    'goldens/conversations.jsonl': repeat(files['goldens/conversations.jsonl']),
    'goldens/labels/color.jsonl': repeat(files['goldens/labels/color.jsonl']),
  };
}

function numbered(line: object, copy: number): unknown {
  const messages: unknown = 'messages' in line ? line.messages : [];
  return (Array.isArray(messages) ? messages : []).map((message: { content: string }) => ({
    ...message,
    content: `${message.content} Of house ${copy}.`,
  }));
}
