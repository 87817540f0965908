import { emitKeypressEvents } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import type { ChalkInstance } from 'chalk';
import { renderFrame } from '../watch/render-frame.ts';
import type { WatchState } from '../watch/watch-state.ts';
import type { WatchView } from './watch-view.ts';

/** The alternate screen, without a cursor; and what was there before, with one. */
const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const ERASE_LINE = '\u001b[K';
const ERASE_BELOW = '\u001b[J';

interface KeyPress {
  name?: string;
  ctrl?: boolean;
  meta?: boolean;
  sequence?: string;
}

/**
 * A watch on a terminal's alternate screen, drawn anew with every change and every new size. The terminal is put back
 * when it is closed, and when the process ends without that.
 *
 * @param onKey told of each key as `pressKey` names it
 */
export function screenView(
  input: ReadStream,
  output: WriteStream,
  chalk: ChalkInstance,
  onKey: (key: string) => void,
): WatchView {
  let state: WatchState | null = null;
  let isOpen = true;
  const draw = () => {
    if (state === null || !isOpen) return;
    const lines = renderFrame(state, { columns: output.columns, rows: output.rows }, chalk);
    output.write(`${HOME}${lines.map((line) => `${line}${ERASE_LINE}`).join('\r\n')}${ERASE_BELOW}`);
  };
  const press = (text: string | undefined, key: KeyPress) => {
    for (const name of keyNames(text, key)) onKey(name);
  };
  const restore = () => {
    if (!isOpen) return;
    isOpen = false;
    input.setRawMode(false);
    output.write(LEAVE);
  };
  emitKeypressEvents(input);
  input.setRawMode(true);
  input.on('keypress', press).resume();
  output.on('resize', draw);
  process.on('exit', restore);
  output.write(ENTER);
  return {
    show(next) {
      state = next;
      draw();
    },
    saved() {},
    close() {
      input.off('keypress', press).pause();
      output.off('resize', draw);
      process.off('exit', restore);
      restore();
    },
  };
}

const CTRL_C = '\u0003';

/** A key as `pressKey` names it. Esc and a key soon after it come as one, as if Alt were held: they are two. */
function keyNames(text: string | undefined, { name, ctrl, meta, sequence = '' }: KeyPress): string[] {
  const [, second] = sequence;
  const isTwo = meta === true && name !== 'escape' && second !== undefined && sequence.length === 2;
  if (isTwo && second === CTRL_C) return ['escape', 'ctrl-c'];
  const plain = name === 'enter' ? 'return' : (name ?? (isTwo ? second : (text ?? sequence)));
  const key = ctrl === true ? `ctrl-${plain}` : plain;
  return isTwo ? ['escape', key] : [key];
}
