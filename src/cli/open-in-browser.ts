import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer' };

/** Shows a file in the user's browser; where there is none, nothing happens. */
export function openInBrowser(file: string): void {
  const child = spawn(OPENERS[process.platform] ?? 'xdg-open', [file], { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}
