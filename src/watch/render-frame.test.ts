import { Chalk } from 'chalk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import wrapAnsi from 'wrap-ansi';
import { runSoFar } from '../../test/run-so-far.ts';
import { compareWithBaseline } from '../compare/compare.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { reviewItems } from '../review/review-items.ts';
import { completeRun, nothingElse } from './complete-run.ts';
import { metricRows } from './metric-rows.ts';
import { renderFrame } from './render-frame.ts';
import type { Screen, SuiteResult, SuiteStatus, WatchState } from './watch-state.ts';

const plain = new Chalk({ level: 0 });
const coloured = new Chalk({ level: 3 });

function resultOf(answered: number): SuiteResult {
  const given = Array.from({ length: 20 }, (_, index) => {
    return { expected: 0, before: index % 3, now: index < answered ? index % 2 : null };
  });
  const { soFar, baseline } = runSoFar(given, []);
  const run = completeRun(soFar, nothingElse);
  return {
    ...{ suite: run.suite, total: 20, answered, model: 'embedded', prompt: '01234567' },
    rows: metricRows(soFar, baseline, 0),
    flips: reviewItems(compareWithBaseline(run, baseline)),
    verdict: null,
  };
}

function stateOf(
  status: SuiteStatus,
  result: SuiteResult | null,
  screen: Screen = { kind: 'suite' },
): WatchState {
  return { suites: [{ name: 'mood', status, result }], focus: 'mood', screen, note: '' };
}

/** As many columns as a terminal would need. */
function widthOf(line: string): number {
  for (let columns = 1; ; columns++) {
    const lines = wrapAnsi(line, columns, { hard: true, trim: false, wordWrap: false }).split('\n');
    if (lines.length === 1) return columns;
  }
}

describe('renderFrame', () => {
  it('never breaks the frame, whatever there is to show', () => {
    const hostile = fc
      .array(fc.constantFrom('a', ' ', '你', '🙂', '\n', '\t', '\u001b[2J', '\u202e', 'word '), {
        maxLength: 80,
      })
      .map((parts) => parts.join(''));
    const status = fc.oneof(
      fc.constantFrom<SuiteStatus>(
        { kind: 'complete' },
        { kind: 'stopped' },
        { kind: 'asking' },
        { kind: 'starting' },
        { kind: 'gone' },
      ),
      hostile.map((text): SuiteStatus => ({ kind: 'broken', problems: [text, 'suites/a.yaml:3: wrong'] })),
      hostile.map((question): SuiteStatus => ({ kind: 'agreement', question })),
    );
    const screen = fc.oneof(
      fc.constantFrom<Screen>(
        { kind: 'suite' },
        { kind: 'help' },
        { kind: 'accept' },
        { kind: 'flips', cursor: 3 },
      ),
      hostile.map((text): Screen => ({ kind: 'flip', cursor: 0, text: safeText(text), top: 1 })),
    );
    const size = fc.record({
      columns: fc.integer({ min: 4, max: 100 }),
      rows: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(
        status,
        screen,
        size,
        fc.integer({ min: 0, max: 20 }),
        (is, shows, { columns, rows }, answered) => {
          for (const chalk of [plain, coloured]) {
            const lines = renderFrame(stateOf(is, resultOf(answered), shows), { columns, rows }, chalk);
            expect(lines.length).toBeLessThanOrEqual(rows);
            for (const line of lines) {
              expect(line).not.toMatch(/[\n\t\u202e]|\u001b\[2J/);
              expect(widthOf(line)).toBeLessThanOrEqual(columns);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('says how far a run is, and that the rest cannot change the verdict', () => {
    const verdict = { ruling: 'regressed' as const, blocks: true, sentence: 'mood: regressed, so' };
    const stopped = stateOf({ kind: 'stopped' }, { ...resultOf(6), verdict });
    const text = renderFrame(stopped, { columns: 100, rows: 40 }, plain).join('\n');
    expect(text).toContain('stopped after 6 of 20: the verdict cannot change; r runs all');
    expect(text).toContain('with accepted answers for the 14 to come');
    expect(text).toMatch(/^regressed, so$/m);
  });

  it('shows problems above the last good result, which is dimmed', () => {
    const broken = stateOf({ kind: 'broken', problems: ['suites/mood.yaml:3: wrong'] }, resultOf(20));
    const lines = renderFrame(broken, { columns: 100, rows: 40 }, coloured);
    const at = lines.findIndex((line) => line.includes('the last result there was'));
    expect(lines.findIndex((line) => line.includes('suites/mood.yaml:3: wrong'))).toBeLessThan(at);
    expect(lines[at + 2]).toMatch(/^\u001b\[2m.*accuracy of mood/);
  });

  it('says less of a suite, a metric or a flip where there is less room, and cuts none of it', () => {
    const verdict = { ruling: 'regressed' as const, blocks: true, sentence: 'mood: regressed, so' };
    const state = stateOf({ kind: 'complete' }, { ...resultOf(20), verdict });
    for (const columns of [50, 60, 100]) {
      const lines = renderFrame(state, { columns, rows: 60 }, plain);
      expect(lines.slice(0, -1).join('\n')).not.toContain('…');
      expect(lines[0]).toMatch(/^> mood {2}regressed.* \d+ broken, \d+ fixed$/);
    }
    expect(renderFrame(state, { columns: 40, rows: 60 }, plain).join('\n')).toMatch(/mood: \S+ → \S+$/m);
  });

  it('says how much does not fit below', () => {
    const lines = renderFrame(stateOf({ kind: 'complete' }, resultOf(20)), { columns: 100, rows: 8 }, plain);
    expect(lines.at(-2)).toMatch(/^… \d+ more lines; f lists all flips$/);
  });

  it('dims the run before while the next one starts', () => {
    const [row] = renderFrame(
      stateOf({ kind: 'starting' }, resultOf(20)),
      { columns: 100, rows: 40 },
      coloured,
    );
    expect(row).toMatch(/\u001b\[2mmood {2}starting/);
  });

  it('keeps the chosen flip in sight', () => {
    const state = stateOf({ kind: 'complete' }, resultOf(20), { kind: 'flips', cursor: 5 });
    const lines = renderFrame(state, { columns: 60, rows: 6 }, plain);
    expect(lines[0]).toMatch(/^flips of mood, 6 of \d+$/);
    expect(lines.some((line) => line.startsWith('> '))).toBe(true);
  });
});
