#!/usr/bin/env node
// Plain JavaScript for any Node: finds one that is new enough, then hands over to the program.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 22);
const bundledNode = here('../node_modules/node/bin/node');

if (isNewEnough) {
  // Compiled code is kept beside the packages, not in a folder that others may write to.
  module.enableCompileCache?.(here('../node_modules/.cache/touchstone'));
  const source = new URL('../src/cli/main.ts', import.meta.url);
  const entry = existsSync(source) ? source : new URL('../dist/cli/main.js', import.meta.url);
  const { main } = await import(entry.href);
  process.exitCode = await main(process.argv.slice(2));
} else if (existsSync(bundledNode)) {
  const child = spawn(bundledNode, [here('touchstone.js'), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  // A terminal sends Ctrl-C to both: forwarded as well, it would be a second one, which ends the program at once.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 3);
  });
} else {
  console.error(`touchstone needs Node 22.22 or newer; this is ${process.versions.node}.`);
  process.exitCode = 2;
}
