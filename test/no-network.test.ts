import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { touchstone } from './command.ts';
import { copyShippedProject, REPOSITORY } from './workspace.ts';

const preload = ['--import', path.join(REPOSITORY, 'test', 'record-sockets.ts')];

describe('a run', () => {
  it('opens no socket and looks up no name', async () => {
    const cwd = copyShippedProject();
    const log = path.join(cwd, 'sockets.log');
    const { code } = await touchstone(['run'], { cwd, env: { SOCKET_LOG: log }, node: preload });
    expect(code).toBe(0);
    const recorders = readFileSync(log, 'utf8').trim().split('\n');
    // One in the main thread and one in promptfoo's.
    expect(recorders).toEqual(Array(2).fill(expect.stringMatching(/^recording \d+$/)));
  });
});

describe('the recorder', () => {
  it('notices a socket and a look-up when there is one', async () => {
    const cwd = copyShippedProject();
    const log = path.join(cwd, 'sockets.log');
    const script = path.join(cwd, 'connect.mjs');
    writeFileSync(
      script,
      `import net from 'node:net'; import dns from 'node:dns';
      dns.lookup('localhost', () => {}); net.connect(9, '127.0.0.1').on('error', () => {});`,
    );
    const { spawnSync } = await import('node:child_process');
    spawnSync(process.execPath, [...preload, script], { env: { SOCKET_LOG: log } });
    expect(readFileSync(log, 'utf8')).toMatch(/^lookup "localhost"[\s\S]*^connect /m);
  });
});
