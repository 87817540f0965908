// `npm run study:demo`: the study's funnel with the offline model, over the goldens and, where it lies beside the
// repository, over the sample of hh-rlhf; each ends in a page with all figures. Stop it and start it again: what was
// answered is not asked again.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const touchstone = path.join(root, 'bin', 'touchstone.js');
const sample = path.join(root, '..', 'shared', 'corpus', 'hh-rlhf-harmless-base-test.jsonl.gz');

function run(...args: string[]): void {
  process.stdout.write(`\n$ touchstone ${args.map((arg) => path.relative(root, arg) || arg).join(' ')}\n`);
  const { status } = spawnSync(process.execPath, [touchstone, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const corpora = [
  { name: 'goldens', corpus: path.join(root, 'goldens', 'conversations.jsonl') },
  { name: 'hh-rlhf', corpus: sample },
].filter(({ corpus }) => existsSync(corpus));

for (const { name, corpus } of corpora) {
  const out = path.join('.touchstone', 'study', name);
  run('study', 'run', corpus, '--out', out);
  run('study', 'topics', out);
  run('study', 'report', out);
}
