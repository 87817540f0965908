import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isAtWork, OWN_PROCESS } from './owner.ts';

const now = 1e12;
const day = 86_400_000;

describe('the process that is to create a batch', () => {
  it('is at work while it is this one or runs beside it', () => {
    expect(isAtWork(OWN_PROCESS, now, now)).toBe(true);
    expect(isAtWork(`${process.ppid} 1 ${hostname()}`, now, now)).toBe(true);
  });

  it('is not when it has ended, has given up, or had the number that this one has now', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    expect(isAtWork(`${pid} 1 ${hostname()}`, now, now)).toBe(false);
    expect(isAtWork('', now, now)).toBe(false);
    expect(isAtWork(`${process.pid} 1 ${hostname()}`, now, now)).toBe(false);
  });

  it('is taken to be on another machine, until no call could last so long', () => {
    expect(isAtWork('1 1 elsewhere', now - 60_000, now)).toBe(true);
    expect(isAtWork('1 1 elsewhere', now - day, now)).toBe(false);
  });
});
