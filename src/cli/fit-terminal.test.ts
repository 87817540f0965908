import headless from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { fitTerminal } from './fit-terminal.ts';

const LONG = 'affective: held, accuracy of primary is 26.3%; no conversation changed sides\n';

describe('text for a terminal', () => {
  it('is folded where the terminal is narrow, and as it was from 100 columns on', () => {
    expect(fitTerminal(LONG, 40)).toBe(
      'affective: held, accuracy of primary\n   is 26.3%; no conversation changed\n   sides\n',
    );
    const longer = LONG.repeat(3).replaceAll('\n', ' ');
    expect(fitTerminal(longer, 100)).toBe(longer);
  });

  it('is as it was where a program reads it or it moves the cursor', () => {
    const texts = [
      `${JSON.stringify({ touchstone: 'lint', what: LONG })}\n`,
      `,\n${JSON.stringify({ what: LONG })}`,
      `<?xml version="1.0"?>\n<testsuites name="${LONG}">\n`,
      `\u001b[H${LONG}`,
      `half a line\r${LONG}`,
    ];
    for (const text of texts) expect(fitTerminal(text, 40)).toBe(text);
  });

  it('leaves nothing behind of a progress line that is longer than the terminal is wide', async () => {
    const screen = new headless.Terminal({ cols: 30, rows: 5, allowProposedApi: true });
    const suite = 'a-suite-with-a-name-longer-than-the-terminal';
    const drawn = [1, 2, 3].map((done) => `\r\u001b[K${suite}: ${done} of 4 asked`);
    for (const text of [...drawn, '\r\u001b[K', 'done\r\n'])
      await new Promise<void>((resolve) => screen.write(fitTerminal(text, 30), resolve));
    const rows = Array.from({ length: 5 }, (_, row) =>
      screen.buffer.active.getLine(row)?.translateToString(true),
    );
    expect(rows).toEqual(['done', '', '', '', '']);
  });
});
