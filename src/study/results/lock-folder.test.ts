import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { lockFolder } from './lock-folder.ts';

const folder = () => mkdtempSync(path.join(tmpdir(), 'touchstone-'));

it('gives a folder to one at a time', () => {
  const one = folder();
  const unlock = lockFolder(one, 'out');
  expect(() => lockFolder(one, 'out')).toThrow('out is being written by another run');
  lockFolder(folder(), 'elsewhere')();
  unlock();
  lockFolder(one, 'out')();
});

it('takes it from a process that was killed', async () => {
  const one = folder();
  const source = new URL('lock-folder.ts', import.meta.url).href;
  const script = `
    const { lockFolder } = await import(process.argv[1]);
    lockFolder(process.argv[2], 'out');
    console.log('locked');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, source, one], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  expect(() => lockFolder(one, 'out')).toThrow('being written');
  child.kill('SIGKILL');
  await once(child, 'exit');
  lockFolder(one, 'out')();
});
