import { setTimeout as delay } from 'node:timers/promises';
import { IncompleteRunError, InputError } from '../errors/errors.ts';
import { formatProblem } from '../errors/problem.ts';
import { type Command, pressKey } from '../watch/press-key.ts';
import {
  type SuiteResult,
  type SuiteStatus,
  startState,
  updateSuite,
  type WatchState,
} from '../watch/watch-state.ts';
import type { InputChange } from './watch-files.ts';
import type { WatchView } from './watch-view.ts';

/** A suite that is to be run. */
export interface Job {
  suite: string;
  /** Whether to ask all, also when the verdict cannot change. */
  isAll: boolean;
  /** Whether to offer to accept it when it is complete. */
  accepts: boolean;
}

/** What a session needs done. Each throws for what cannot be. */
export interface SessionWork {
  /** @throws the signal's reason where it is aborted, InputError, IncompleteRunError */
  run(
    job: Job,
    options: {
      signal: AbortSignal;
      tell: (status: SuiteStatus, result: SuiteResult | null) => void;
    },
  ): Promise<void>;
  /** What is shown of a flip. */
  open(suite: string, result: SuiteResult, cursor: number): string;
  /** @returns what was done, as a line */
  accept(suite: string): string;
  shownPath(file: string): string;
  isBaseline(file: string): boolean;
}

/** Puts a question about a suite to the person at the terminal. */
export type AskPerson = (suite: string, question: string, signal: AbortSignal) => Promise<boolean>;

export interface Session {
  /** Takes in that files changed. */
  change(change: InputChange): void;
  /** Shows a line. */
  note(text: string): void;
  quit(): void;
  /** Runs suites until it is told to quit, or, where it is to run once, until all were. Throws what cannot be shown. */
  live(): Promise<{ state: WatchState; isQuit: boolean }>;
  /** Puts the terminal back. */
  close(): void;
}

export interface SessionOptions {
  suites: readonly string[];
  /** Whether to end when every suite was run, and to throw what else would be shown. */
  once: boolean;
  openView(press: (key: string) => void): WatchView;
  openWork(askPerson: AskPerson): SessionWork;
}

/** Milliseconds after which files that are wrong are read again: an editor may have been writing. */
const HALF_WRITTEN = 120;

/**
 * What is between the files that are saved, the keys that are pressed and what is shown. One suite is run at a time;
 * a suite that was saved goes before all others, and what it interrupts is taken up again after it.
 */
export function startSession({ suites, once, openView, openWork }: SessionOptions): Session {
  let state = startState(suites);
  let queue: Job[] = suites.map((suite) => ({ suite, isAll: false, accepts: false }));
  let current: { job: Job; controller: AbortController; isOver: boolean } | null = null;
  let answer: (isAgreed: boolean) => void = () => {};
  let isQuit = false;
  let wake = () => {};

  const tell = (suite: string, status: SuiteStatus, result: SuiteResult | null) => {
    state = updateSuite(state, suite, status, result);
    view.show(state, suite);
  };
  const note = (text: string) => {
    state = { ...state, note: text };
    view.show(state, null);
  };

  /** Lets these go first, and what is under way after them. */
  const enqueue = (jobs: readonly Job[]) => {
    const interrupted = current === null || current.isOver ? [] : [current.job];
    const first = [...jobs, ...interrupted, ...queue];
    queue = first.filter(({ suite }, index) => first.findIndex((job) => job.suite === suite) === index);
    current?.controller.abort();
    wake();
  };

  const live = async () => {
    while (!isQuit) {
      const job = queue.shift();
      if (job === undefined) {
        if (once) break;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      current?.controller.abort();
      const running = { job, controller: new AbortController(), isOver: false };
      current = running;
      await runJob(job, running.controller.signal);
      running.isOver = true;
    }
    return { state, isQuit };
  };

  const runJob = async (job: Job, signal: AbortSignal) => {
    tell(job.suite, { kind: 'starting' }, null);
    const options = {
      signal,
      tell: (status: SuiteStatus, result: SuiteResult | null) => {
        if (!signal.aborted) tell(job.suite, status, result);
      },
    };
    try {
      await work.run(job, options).catch(async (error: unknown) => {
        if (!(error instanceof InputError) || once) throw error;
        await delay(HALF_WRITTEN, undefined, { signal });
        await work.run(job, options);
      });
      if (job.accepts && !signal.aborted) {
        state = { ...state, screen: { kind: 'accept' }, focus: job.suite };
        view.show(state, null);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (once) throw error;
      tell(job.suite, statusOf(error), null);
    }
  };

  const obey = (command: Command) => {
    switch (command.kind) {
      case 'quit':
        return quit();
      case 'run':
        return enqueue([{ suite: command.suite, isAll: true, accepts: false }]);
      case 'run-and-accept':
        return enqueue([{ suite: command.suite, isAll: true, accepts: true }]);
      case 'agree':
        return answer(command.isAgreed);
      case 'accept':
        return note(orProblem(() => work.accept(command.suite)));
      case 'open': {
        const { suite, cursor } = command;
        const result = state.suites.find(({ name }) => name === suite)?.result;
        if (result == null) return;
        const text = orProblem(() => work.open(suite, result, cursor));
        state = { ...state, screen: { kind: 'flip', cursor, text, top: 0 } };
        view.show(state, null);
      }
    }
  };

  const quit = () => {
    isQuit = true;
    current?.controller.abort();
    wake();
  };

  const press = (key: string) => {
    const pressed = pressKey({ ...state, note: '' }, key);
    state = pressed.state;
    view.show(state, null);
    if (pressed.command !== null) obey(pressed.command);
  };
  const askPerson: AskPerson = (suite, question, signal) => {
    tell(suite, { kind: 'agreement', question }, null);
    return new Promise((resolve, reject) => {
      answer = (isAgreed) => {
        tell(suite, { kind: 'starting' }, null);
        resolve(isAgreed);
      };
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  };
  const change = ({ changed, gone }: InputChange) => {
    for (const suite of gone) {
      queue = queue.filter((job) => job.suite !== suite);
      if (current?.job.suite === suite) current.controller.abort();
      tell(suite, { kind: 'gone' }, null);
    }
    if (changed.size === 0) return;
    if (![...changed.values()].flat().every(work.isBaseline)) state = { ...state, note: '' };
    for (const [suite, files] of changed) view.saved(suite, files.map(work.shownPath));
    enqueue([...changed.keys()].map((suite) => ({ suite, isAll: false, accepts: false })));
  };

  const view = openView(press);
  const work = openWork(askPerson);
  return {
    change,
    note,
    quit,
    live,
    close() {
      current?.controller.abort();
      view.close();
    },
  };
}

/** @throws what is no user's fault */
function statusOf(error: unknown): SuiteStatus {
  if (error instanceof InputError) return { kind: 'broken', problems: error.problems.map(formatProblem) };
  if (error instanceof IncompleteRunError)
    return { kind: 'failed', reason: `${error.message} ${error.mend}` };
  throw error;
}

function orProblem(work: () => string): string {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
