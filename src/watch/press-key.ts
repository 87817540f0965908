import { focused, type Screen, type WatchState } from './watch-state.ts';

/** What a key asks of the program, beyond what is shown. */
export type Command =
  | { kind: 'quit' }
  /** Ask all cases, whatever is decided. */
  | { kind: 'run'; suite: string }
  /** Show a flip's conversation. */
  | { kind: 'open'; suite: string; cursor: number }
  | { kind: 'accept'; suite: string }
  /** Ask the rest, then whether to accept. */
  | { kind: 'run-and-accept'; suite: string }
  /** May money be spent? */
  | { kind: 'agree'; isAgreed: boolean };

/** What a key did. */
export interface Pressed {
  state: WatchState;
  command: Command | null;
}

/**
 * What a key does: `q` and Ctrl-C quit everywhere; the others depend on what is shown. A key that means nothing there
 * changes nothing.
 *
 * @param key as readline names it: `up`, `return`, `escape`, `a`, `ctrl-c`
 */
export function pressKey(state: WatchState, key: string): Pressed {
  if (key === 'ctrl-c' || (key === 'q' && state.screen.kind !== 'flip'))
    return { state, command: { kind: 'quit' } };
  switch (state.screen.kind) {
    case 'suite':
      return pressOnSuite(state, key);
    case 'flips':
      return pressOnFlips(state, state.screen, key);
    case 'flip':
      return pressOnFlip(state, state.screen, key);
    case 'help':
      return show(state, { kind: 'suite' });
    case 'accept':
      return key === 'y'
        ? { ...show(state, { kind: 'suite' }), command: { kind: 'accept', suite: state.focus } }
        : show({ ...state, note: 'nothing was accepted' }, { kind: 'suite' });
  }
}

function pressOnSuite(state: WatchState, key: string): Pressed {
  const suite = focused(state);
  if (key === '?') return show(state, { kind: 'help' });
  if (key === 'tab') return { state: focusNext(state), command: null };
  if (suite === null) return ignore(state);
  const { status, result, name } = suite;
  if (status.kind === 'agreement' && (key === 'y' || key === 'n'))
    return { state, command: { kind: 'agree', isAgreed: key === 'y' } };
  if (key === 'r') return { state, command: { kind: 'run', suite: name } };
  if (key === 'f' || key === 'return') {
    if ((result?.flips?.length ?? 0) > 0) return show(state, { kind: 'flips', cursor: 0 });
    return { state: { ...state, note: 'no flips to open' }, command: null };
  }
  if (key !== 'a' || result === null) return ignore(state);
  if (status.kind === 'complete') return show(state, { kind: 'accept' });
  if (status.kind === 'stopped')
    return {
      state: { ...state, note: 'running the rest first' },
      command: { kind: 'run-and-accept', suite: name },
    };
  return { state: { ...state, note: 'only a complete run can be accepted' }, command: null };
}

function pressOnFlips(state: WatchState, screen: Extract<Screen, { kind: 'flips' }>, key: string): Pressed {
  const count = focused(state)?.result?.flips?.length ?? 0;
  const { cursor } = screen;
  if (key === 'down' || key === 'j')
    return show(state, { kind: 'flips', cursor: Math.min(cursor + 1, count - 1) });
  if (key === 'up' || key === 'k') return show(state, { kind: 'flips', cursor: Math.max(cursor - 1, 0) });
  if (key === 'return') return { state, command: { kind: 'open', suite: state.focus, cursor } };
  if (key === 'escape' || key === 'f' || key === 'backspace') return show(state, { kind: 'suite' });
  return ignore(state);
}

function pressOnFlip(state: WatchState, screen: Extract<Screen, { kind: 'flip' }>, key: string): Pressed {
  const lines = screen.text.split('\n').length;
  const to = (top: number) => show(state, { ...screen, top: Math.max(0, Math.min(top, lines - 1)) });
  if (key === 'down' || key === 'j') return to(screen.top + 1);
  if (key === 'up' || key === 'k') return to(screen.top - 1);
  if (key === 'pagedown' || key === 'space') return to(screen.top + 10);
  if (key === 'pageup') return to(screen.top - 10);
  if (key === 'n' || key === 'p') {
    const count = focused(state)?.result?.flips?.length ?? 0;
    const cursor = screen.cursor + (key === 'n' ? 1 : -1);
    if (cursor < 0 || cursor >= count) return ignore(state);
    return { state, command: { kind: 'open', suite: state.focus, cursor } };
  }
  if (['escape', 'return', 'q', 'f', 'backspace'].includes(key))
    return show(state, { kind: 'flips', cursor: screen.cursor });
  return ignore(state);
}

function focusNext(state: WatchState): WatchState {
  const at = state.suites.findIndex(({ name }) => name === state.focus);
  const next = state.suites[(at + 1) % Math.max(1, state.suites.length)];
  return { ...state, focus: next?.name ?? state.focus, note: '' };
}

function show(state: WatchState, screen: Screen): Pressed {
  return { state: { ...state, screen, note: screen.kind === 'suite' ? state.note : '' }, command: null };
}

function ignore(state: WatchState): Pressed {
  return { state, command: null };
}
