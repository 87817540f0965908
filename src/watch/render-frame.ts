import type { ChalkInstance } from 'chalk';
import { plural } from '../score/metric-text.ts';
import { cutLine, wrapLine } from './fit-line.ts';
import { flipLines, HANGING, suiteLines, suiteRow } from './suite-lines.ts';
import { focused, type WatchedSuite, type WatchState } from './watch-state.ts';

export interface FrameSize {
  columns: number;
  rows: number;
}

const HELP = [
  'r           run all cases, also where the verdict cannot change',
  'f, Enter    list the flips; up and down choose, Enter opens one',
  'a           accept: the run becomes the baseline',
  'Tab         the next suite',
  'Esc         back',
  '?           this help; any key leaves it',
  'q, Ctrl-C   quit',
];

/** Columns before what a key does. */
const HELP_MARGIN = 12;

/**
 * What the terminal shows: at most `rows` lines of at most `columns` columns each. The last line says which keys do
 * what; of what does not fit, the end is left out, and the line above says so.
 */
export function renderFrame(state: WatchState, { columns, rows }: FrameSize, chalk: ChalkInstance): string[] {
  const footer = footerOf(state, chalk);
  const room = Math.max(0, rows - 1);
  const body = bodyOf(state, { columns, rows: room }, chalk);
  const hidden = state.screen.kind === 'suite' && body.length > room ? body.length - room + 1 : 0;
  const shown =
    hidden === 0 ? body.slice(0, room) : [...body.slice(0, room - 1), moreLine(state, hidden, chalk)];
  const lines = shown.slice(0, room).map((line) => cutLine(line, columns));
  return rows < 1 ? [] : [...lines, cutLine(footer, columns)];
}

function moreLine(state: WatchState, hidden: number, chalk: ChalkInstance): string {
  const flips = focused(state)?.result?.flips?.length ?? 0;
  return chalk.dim(`… ${plural(hidden, 'more line')}${flips === 0 ? '' : '; f lists all flips'}`);
}

function bodyOf(state: WatchState, size: FrameSize, chalk: ChalkInstance): string[] {
  const { screen } = state;
  const suite = focused(state);
  const wrapped = (lines: readonly string[], hanging = 0) =>
    lines.flatMap((line) => wrapLine(line, size.columns, hanging));
  if (screen.kind === 'help') return wrapped([chalk.bold('keys'), '', ...HELP], HELP_MARGIN);
  if (screen.kind === 'flip') return wrapped(screen.text.split('\n')).slice(screen.top);
  if (screen.kind === 'flips') return flipList(suite, screen.cursor, size, chalk);
  const rows = state.suites.map((each) => suiteRow(each, each.name === state.focus, size.columns, chalk));
  const note = state.note === '' ? [] : wrapped([state.note]);
  return [
    ...rows,
    '',
    ...note,
    ...(suite === null ? ['no suite to watch'] : wrapped(suiteLines(suite, size.columns, chalk), HANGING)),
  ];
}

/** The part of the list that holds the cursor. */
function flipList(
  suite: WatchedSuite | null,
  cursor: number,
  { columns, rows }: FrameSize,
  chalk: ChalkInstance,
): string[] {
  const flips = suite?.result?.flips ?? [];
  const room = Math.max(1, rows - 2);
  const first = Math.max(0, Math.min(cursor - Math.floor(room / 2), flips.length - room));
  const lines = flips.slice(first, first + room).map((item, index) => {
    const isChosen = first + index === cursor;
    const line = flipLines(item, columns - 2, chalk).join('; ');
    return cutLine(isChosen ? `${chalk.inverse('>')} ${line}` : `  ${line}`, columns);
  });
  return [chalk.bold(`flips of ${suite?.name ?? ''}, ${cursor + 1} of ${flips.length}`), '', ...lines];
}

function footerOf(state: WatchState, chalk: ChalkInstance): string {
  switch (state.screen.kind) {
    case 'help':
      return chalk.dim('any key: back');
    case 'flips':
      return chalk.dim('up/down choose  Enter open  Esc back  q quit');
    case 'flip':
      return chalk.dim('up/down scroll  n/p next, previous  Esc back');
    case 'accept':
      return chalk.bold(`accept this run of ${state.focus} as the baseline? y/N`);
    case 'suite': {
      const status = focused(state)?.status;
      if (status?.kind === 'agreement') return chalk.bold('spend it? y/n');
      return chalk.dim('r run all  f flips  a accept  Tab next suite  ? help  q quit');
    }
  }
}
