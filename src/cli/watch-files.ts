import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Project } from '../project/project.ts';
import { changedFiles, type SuiteInputs } from './watch-inputs.ts';

export interface FilesPlace {
  project: Project;
  goldens: string;
  readInputs: () => SuiteInputs;
  /** How long nothing may happen before the files are looked at, milliseconds. */
  settle: number;
  /** Told which suites' files changed, and which suites have no file any more. */
  onChange: (change: InputChange) => void;
}

export interface InputChange {
  /** By suite, the files that are not as they were. */
  changed: ReadonlyMap<string, readonly string[]>;
  gone: readonly string[];
}

/** Milliseconds after which the files are looked at once more: a watch that was just being set up misses events. */
const SECOND_LOOK = 400;

/**
 * Follows the files that suites depend on. What an event says is not relied on: once a burst of them is over, the bytes
 * of all files are compared with what they were. So a save by renaming, in parts, or of the same bytes is what it is.
 * Resolves when changes are seen.
 */
export async function followFiles(place: FilesPlace): Promise<{ close(): Promise<void> }> {
  const { project, goldens, readInputs, settle, onChange } = place;
  let known = readInputs();
  let timer: NodeJS.Timeout | null = null;
  const watchers: FSWatcher[] = [];
  const folders = new Set<string>();

  const look = () => {
    const now = readInputs();
    const changed = new Map(
      [...now.keys()].flatMap((name): [string, string[]][] => {
        const files = changedFiles(known, now, name);
        return files.length === 0 ? [] : [[name, files]];
      }),
    );
    const gone = [...known.keys()].filter((name) => !now.has(name));
    known = now;
    followPrompts();
    if (changed.size + gone.length > 0) onChange({ changed, gone });
  };
  const lookSoon = () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = setTimeout(look, SECOND_LOOK);
      look();
    }, settle);
  };
  const follow = async (paths: readonly string[], depth: number) => {
    const watcher = watch([...paths], { ignoreInitial: true, depth, atomic: false });
    watchers.push(watcher);
    // chokidar drops changes that follow another closely; the raw events are all there are.
    watcher.on('all', lookSoon).on('raw', lookSoon).on('error', lookSoon);
    await new Promise((resolve) => watcher.on('ready', () => resolve(null)));
  };
  /** Prompts may lie anywhere: their folders are followed, since a file that is replaced is another file. */
  function followPrompts(): Promise<void>[] {
    const files = [...known.values()].flatMap((inputs) => [...inputs.keys()]);
    const found = new Set(files.map((file) => path.dirname(file)));
    return [...found]
      .filter((folder) => !folders.has(folder))
      .map((folder) => {
        folders.add(folder);
        return follow([folder], 0);
      });
  }
  const roots = [project.suites, goldens];
  for (const root of roots) folders.add(root);
  await Promise.all([follow(roots, 1), ...followPrompts()]);
  look();
  return {
    close: async () => {
      if (timer !== null) clearTimeout(timer);
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}
