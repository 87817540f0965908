import { describe, expect, it } from 'vitest';
import { runSoFar } from '../../test/run-so-far.ts';
import { compareWithBaseline } from '../compare/compare.ts';
import { reviewItems } from '../review/review-items.ts';
import { completeRun, nothingElse } from './complete-run.ts';
import { pressKey } from './press-key.ts';
import {
  type SuiteResult,
  type SuiteStatus,
  startState,
  updateSuite,
  type WatchState,
} from './watch-state.ts';

function resultWith(flips: number): SuiteResult {
  const given = Array.from({ length: 6 }, (_, index) => ({
    expected: 0,
    before: index < flips ? 1 : 0,
    now: 0,
  }));
  const { soFar, baseline } = runSoFar(given, []);
  const run = completeRun(soFar, nothingElse);
  return {
    ...{
      suite: run.suite,
      total: 6,
      answered: 6,
      model: 'embedded',
      prompt: '01234567',
      rows: [],
      verdict: null,
    },
    flips: reviewItems(compareWithBaseline(run, baseline)),
  };
}

function stateWith(status: SuiteStatus, result: SuiteResult | null = resultWith(3)): WatchState {
  return updateSuite(startState(['mood', 'tone']), 'mood', status, result);
}

/** Presses keys in turn; gives the last command and what is shown. */
function press(state: WatchState, ...keys: string[]) {
  return keys.reduce((pressed, key) => pressKey(pressed.state, key), { state, command: null } as ReturnType<
    typeof pressKey
  >);
}

describe('pressKey', () => {
  it('chooses a flip with the arrows or j and k, within the list, and opens it', () => {
    const state = stateWith({ kind: 'complete' });
    expect(press(state, 'f', 'j', 'down', 'down', 'down').state.screen).toEqual({ kind: 'flips', cursor: 2 });
    expect(press(state, 'return', 'k', 'up').state.screen).toEqual({ kind: 'flips', cursor: 0 });
    expect(press(state, 'f', 'down', 'return').command).toEqual({ kind: 'open', suite: 'mood', cursor: 1 });
    expect(press(stateWith({ kind: 'complete' }, resultWith(0)), 'f').state.note).toBe('no flips to open');
  });

  it('accepts a complete run after a yes alone', () => {
    const state = stateWith({ kind: 'complete' });
    expect(press(state, 'a').command).toBeNull();
    expect(press(state, 'a', 'y').command).toEqual({ kind: 'accept', suite: 'mood' });
    expect(press(state, 'a', 'return')).toMatchObject({
      command: null,
      state: { note: 'nothing was accepted' },
    });
  });

  it('runs the rest before it accepts a run that was stopped, and accepts none that is broken', () => {
    const stopped = press(stateWith({ kind: 'stopped' }), 'a');
    expect(stopped.command).toEqual({ kind: 'run-and-accept', suite: 'mood' });
    expect(stopped.state.note).toBe('running the rest first');
    expect(press(stateWith({ kind: 'broken', problems: [] }), 'a').command).toBeNull();
  });

  it('spends money only after y', () => {
    const state = stateWith({ kind: 'agreement', question: 'US$1' });
    expect(press(state, 'y').command).toEqual({ kind: 'agree', isAgreed: true });
    expect(press(state, 'n').command).toEqual({ kind: 'agree', isAgreed: false });
    expect(press(state, 'return').command).toBeNull();
  });

  it('quits with q and Ctrl-C, and leaves an open flip with q', () => {
    const state = stateWith({ kind: 'complete' });
    expect(press(state, 'q').command).toEqual({ kind: 'quit' });
    const open: WatchState = { ...state, screen: { kind: 'flip', cursor: 1, text: 'x', top: 0 } };
    expect(press(open, 'q').state.screen).toEqual({ kind: 'flips', cursor: 1 });
    expect(press(open, 'ctrl-c').command).toEqual({ kind: 'quit' });
    expect(press(open, 'n').command).toEqual({ kind: 'open', suite: 'mood', cursor: 2 });
  });

  it('goes to the next suite with Tab and explains itself with ?', () => {
    const state = stateWith({ kind: 'complete' });
    expect(press(state, 'tab').state.focus).toBe('tone');
    expect(press(state, 'tab', 'tab').state.focus).toBe('mood');
    expect(press(state, '?').state.screen).toEqual({ kind: 'help' });
    expect(press(state, '?', 'x').state.screen).toEqual({ kind: 'suite' });
  });
});

describe('updateSuite', () => {
  it('keeps the last good result while the files are broken', () => {
    const broken = updateSuite(
      stateWith({ kind: 'complete' }),
      'mood',
      { kind: 'broken', problems: ['x'] },
      null,
    );
    expect(broken.suites[0]).toMatchObject({ status: { kind: 'broken' }, result: { total: 6 } });
  });

  it('shows the suite that is being asked, also one that is new', () => {
    const state = updateSuite(stateWith({ kind: 'complete' }), 'new', { kind: 'asking' }, null);
    expect(state.focus).toBe('new');
    expect(state.suites.map(({ name }) => name)).toEqual(['mood', 'new', 'tone']);
  });

  it('leaves a list of flips that has become empty', () => {
    const { state } = press(stateWith({ kind: 'complete' }), 'f', 'down', 'down');
    expect(updateSuite(state, 'mood', { kind: 'complete' }, resultWith(2)).screen).toEqual({
      ...{ kind: 'flips', cursor: 1 },
    });
    expect(updateSuite(state, 'mood', { kind: 'complete' }, resultWith(0)).screen).toEqual({ kind: 'suite' });
  });
});
