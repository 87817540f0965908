import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** A fresh temporary folder with the given files; values that are no text become JSON, arrays JSON Lines. */
export function makeWorkspace(files: Record<string, unknown>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'touchstone-'));
  for (const [name, content] of Object.entries(files)) writeInto(root, name, content);
  return root;
}

function writeInto(root: string, name: string, content: unknown): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, textOf(content));
}

/** A copy of the shipped prompts, suites, baselines and goldens. */
export function copyShippedProject(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'touchstone-'));
  for (const part of ['prompts', 'suites', 'goldens']) {
    cpSync(path.join(REPOSITORY, part), path.join(root, part), { recursive: true });
  }
  return root;
}

function textOf(content: unknown): string | Buffer {
  if (typeof content === 'string' || Buffer.isBuffer(content)) return content;
  if (Array.isArray(content)) return content.map((line) => `${JSON.stringify(line)}\n`).join('');
  return `${JSON.stringify(content, null, 2)}\n`;
}
