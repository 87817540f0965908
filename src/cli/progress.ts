import type { Terminal } from './terminal.ts';

/** A line that counts on a terminal what is done and vanishes when all is; nothing anywhere else. */
export function progressLine(
  terminal: Terminal,
  suite: string,
  what = 'asked',
): (done: number, total: number) => void {
  if (!terminal.isInteractive) return () => {};
  let shown = -1;
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    if (done === total) terminal.err('\r\u001b[K');
    else if (percent !== shown) terminal.err(`\r\u001b[K${suite}: ${done} of ${total} ${what} (${percent}%)`);
    shown = percent;
  };
}
