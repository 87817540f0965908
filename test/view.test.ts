import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { makeWorkspace, REPOSITORY } from './workspace.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function getJson(url: string): Promise<{ data: { label: string }[] }> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    try {
      return (await (await fetch(url)).json()) as { data: { label: string }[] };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  throw new Error(`nothing answers at ${url}`);
}

describe('touchstone view', () => {
  it("shows the last run in promptfoo's viewer, on loopback and nowhere else", async () => {
    const cwd = makeWorkspace(colorProject());
    await touchstone(['run'], { cwd });
    const port = await freePort();
    const program = path.join(REPOSITORY, 'bin', 'touchstone.js');
    const viewer = spawn(process.execPath, [program, 'view', '--port', String(port)], {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => viewer.on('close', resolve));
    try {
      const { data } = await getJson(`http://127.0.0.1:${port}/api/results`);
      expect(data.map(({ label }) => label).join()).toMatch(/color|embedded|eval-/);
      expect(data).toHaveLength(1);
      const outside = Object.values(networkInterfaces())
        .flat()
        .find((each) => each?.internal === false && each.family === 'IPv4');
      if (outside !== undefined) await expect(fetch(`http://${outside.address}:${port}/`)).rejects.toThrow();
    } finally {
      viewer.kill('SIGTERM');
      await ended;
    }
  });
});
