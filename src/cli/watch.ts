import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import { modelIdOf, readModelChoice } from '../model/model-choice.ts';
import { type OpenModel, openModel } from '../model/open-model.ts';
import { replayModel } from '../model/replay-model.ts';
import { loadWork } from '../project/load-work.ts';
import { findProject, type Project } from '../project/project.ts';
import { rememberingReaders } from '../project/readers.ts';
import { replayedChoice } from '../project/recorded-models.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { mendChoice, quote } from '../schema/check.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import { suiteNames } from '../suite/load.ts';
import type { Terminal } from './terminal.ts';
import type { WatchOptions } from './watch-until-quit.ts';

/** How long to go on while the API answers nothing. */
const PATIENCE_SECONDS = 600;

/**
 * `touchstone watch`: runs what changed on each save, until it is told to quit. Problems in files are shown.
 *
 * @throws InputError for arguments that are wrong, and with `--once` for files
 * @throws IncompleteRunError with `--once`, where a run could not be completed
 */
export async function watchCommand(
  names: string[],
  options: WatchOptions,
  terminal: Terminal,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const suites = chosenSuites(project, names, terminal);
  const choice = readModelChoice(options.model);
  const asked = choice.kind === 'replay' ? replayedChoice(choice, project) : choice;
  const isReplay = choice.kind === 'replay';
  const goldens = path.resolve(terminal.cwd, options.goldens ?? project.goldens);
  const readers = rememberingReaders();
  if (options.once === true)
    loadWork(project, { suites, model: modelIdOf(asked), cwd: terminal.cwd, goldens }, readers);
  const notices = { tell: (text: string) => terminal.err(`${safeText(text)}\n`) };
  const opened: OpenModel = isReplay
    ? { paid: false, model: replayModel(asked) }
    : await openModel(asked, project, {
        env: terminal.env,
        concurrency: options.concurrency,
        batch: false,
        maxUsd: options.maxUsd ?? null,
        pricesFile: null,
        patienceSeconds: PATIENCE_SECONDS,
        onNotice: (text) => notices.tell(text),
      });
  // Only who watches needs what follows files and draws screens.
  const { watchUntilQuit } = await import('./watch-until-quit.ts');
  const store = sqliteStore(project.store);
  try {
    return await watchUntilQuit({
      project,
      goldens,
      readers,
      opened,
      isReplay,
      isFree: isReplay || choice.kind === 'embedded',
      store,
      chosen: names,
      suites,
      options,
      terminal,
      notices,
    });
  } finally {
    store.close();
  }
}

/** @throws InputError for a name that no suite has */
function chosenSuites({ suites }: Project, names: readonly string[], { cwd }: Terminal): string[] {
  const known = suiteNames(suites) ?? [];
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      file: path.relative(cwd, suites),
      line: null,
      id: null,
      what: `no suite is called ${quote(name)}`,
      mend: mendChoice(name, known),
    }));
  if (problems.length > 0) throw new InputError(problems);
  return known.filter((name) => names.length === 0 || names.includes(name));
}
