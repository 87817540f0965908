import { existsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';

/** Where things lie in a repository that uses Touchstone. Absolute paths. */
export interface Project {
  root: string;
  suites: string;
  baselines: string;
  goldens: string;
  /** Everything the tool writes by itself; ignored by git. */
  state: string;
  store: string;
  runs: string;
  promptfoo: string;
  /** Studies of corpora: what they ask, and what came of it. */
  studies: { definitions: string; state: string };
}

/** The nearest folder, from `start` upwards, that holds `suites/`. Throws InputError when there is none. */
export function findProject(start: string): Project {
  for (let folder = path.resolve(start); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'suites'))) return projectAt(folder);
    if (folder === path.dirname(folder)) break;
  }
  throw new InputError([
    {
      file: start,
      line: null,
      id: null,
      what: 'no suites/ folder here or above',
      mend: 'Change into a repository that has one',
    },
  ]);
}

/** @param state where the tool's own files lie; beside the project's where absent */
export function projectAt(root: string, state = path.join(root, '.touchstone')): Project {
  return {
    root,
    suites: path.join(root, 'suites'),
    baselines: path.join(root, 'suites', 'baselines'),
    goldens: path.join(root, 'goldens'),
    state,
    store: path.join(state, 'store.sqlite'),
    runs: path.join(state, 'runs'),
    promptfoo: path.join(state, 'promptfoo'),
    studies: { definitions: path.join(root, 'studies'), state: path.join(state, 'study') },
  };
}
