import { setImmediate } from 'node:timers/promises';
import { EXIT } from '../errors/errors.ts';
import type { Model } from '../model/model.ts';
import type { OpenModel } from '../model/open-model.ts';
import type { Project } from '../project/project.ts';
import type { Readers } from '../project/readers.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import type { Store } from '../store/store.ts';
import type { WatchState } from '../watch/watch-state.ts';
import type { Terminal } from './terminal.ts';
import { agreement } from './watch-agreement.ts';
import { followFiles } from './watch-files.ts';
import { inputsReader } from './watch-inputs.ts';
import { lineView } from './watch-lines.ts';
import { screenView } from './watch-screen.ts';
import { startSession } from './watch-session.ts';
import { watchWork } from './watch-work.ts';

export interface WatchOptions {
  model: string;
  goldens?: string;
  maxUsd?: number;
  confirmAbove: number;
  concurrency: number;
  once?: boolean;
}

export interface WatchPlace {
  project: Project;
  /** Absolute. */
  goldens: string;
  readers: Readers;
  opened: OpenModel;
  isReplay: boolean;
  isFree: boolean;
  store: Store;
  /** Suites that were named; empty for all, also those to come. */
  chosen: readonly string[];
  /** Those there are. */
  suites: readonly string[];
  options: WatchOptions;
  terminal: Terminal;
  /** What the model has to say: to be shown on the screen once there is one. */
  notices: { tell: (text: string) => void };
}

/** Milliseconds without an event after which a burst is over. What is paid for is not asked of half a file. */
const SETTLE = { free: 35, paid: 200 };

/** Watches on a screen where there is a terminal, and in lines where not. Gives the exit code. */
export async function watchUntilQuit(place: WatchPlace): Promise<number> {
  const { project, goldens, opened, isFree, options, terminal } = place;
  const once = options.once === true;
  const onScreen = !once && isScreen(terminal);
  const { input, output } = { input: process.stdin, output: process.stdout };
  const session = startSession({
    suites: place.suites,
    once,
    openView: (press) => (onScreen ? screenView(input, output, terminal.chalk, press) : lineView(terminal)),
    openWork: (askPerson) =>
      watchWork({
        ...place,
        model: isFree ? yielding(opened.model) : opened.model,
        concurrency: isFree ? 1 : options.concurrency,
        agree: agreement(opened, isFree, options, onScreen ? askPerson : null),
      }),
  });
  if (onScreen) place.notices.tell = session.note;
  const release = onSignals(session.quit);
  // Whoever reads the lines may go away.
  output.on('error', session.quit);
  const files = once
    ? null
    : followFiles({
        project,
        goldens,
        readInputs: inputsReader({ project, goldens, model: opened.model.id, names: place.chosen }),
        settle: isFree ? SETTLE.free : SETTLE.paid,
        onChange: session.change,
      });
  try {
    const { state, isQuit } = await session.live();
    if (once) return isQuit ? EXIT.incomplete : exitCodeOf(state);
    session.close();
    if (onScreen) terminal.out(closing(state));
    return EXIT.held;
  } finally {
    session.close();
    release();
    await (await files)?.close();
  }
}

function isScreen({ env }: Terminal): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true && env.TERM !== 'dumb';
}

/** A model that answers at once lets keys and saves come through between two questions. */
function yielding(model: Model): Model {
  return {
    ...model,
    ask: async (request, signal) => {
      await setImmediate();
      return model.ask(request, signal);
    },
  };
}

/** A second signal ends the process at once. */
function onSignals(quit: () => void): () => void {
  let isTold = false;
  const stop = () => {
    if (isTold) process.exit(EXIT.incomplete);
    isTold = true;
    quit();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  return () => void process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
}

function exitCodeOf({ suites }: WatchState): number {
  return suites.some(({ result }) => result?.verdict?.blocks === true) ? EXIT.notHeld : EXIT.held;
}

/** What is left on the terminal: the last verdict of each suite. */
function closing({ suites }: WatchState): string {
  return suites
    .map(({ result }) => (result?.verdict ? `${safeText(result.verdict.sentence)}\n` : ''))
    .join('');
}
