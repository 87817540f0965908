import { hostname } from 'node:os';
import { CREATE_MS } from './batch-api.ts';

/** No create call takes longer: a batch of a process that cannot be looked at is given up after this. */
const LONGEST_SILENCE_MS = CREATE_MS + 600_000;

/** This process, told apart from another that had or will have its number. */
export const OWN_PROCESS = [process.pid, Math.round(performance.timeOrigin), hostname()].join(' ');

/** Whether the process that was to create a batch may still be at it. */
export function isAtWork(owner: string, touchedAt: number, now: number): boolean {
  if (owner === '' || now - touchedAt > LONGEST_SILENCE_MS) return false;
  if (owner === OWN_PROCESS) return true;
  const [pid = '', , ...host] = owner.split(' ');
  if (host.join(' ') !== hostname()) return true;
  return Number(pid) !== process.pid && isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
