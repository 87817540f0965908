import path from 'node:path';
import { baselineFileName } from '../baseline/baseline.ts';
import { readBaseline } from '../baseline/load.ts';
import { readConversations, readGoldens } from '../goldens/load.ts';
import { hashOfFiles } from './hash-files.ts';

/** What reads the files that take long to check. */
export interface Readers {
  conversations: typeof readConversations;
  goldens: typeof readGoldens;
  baseline: typeof readBaseline;
}

/** Reads each file anew. */
export const directReaders: Readers = {
  conversations: readConversations,
  goldens: readGoldens,
  baseline: readBaseline,
};

/**
 * Readers that check a file again only when its bytes have changed: for a process that reads the same files over and
 * over. What they give is shared, so nobody may change it.
 */
export function rememberingReaders(): Readers {
  const conversations = remembering<ReturnType<typeof readConversations>>();
  const goldens = remembering<ReturnType<typeof readGoldens>>();
  const baselines = remembering<ReturnType<typeof readBaseline>>();
  return {
    conversations: (directory, shown) =>
      conversations(directory, [path.join(directory, 'conversations.jsonl')], null, () =>
        readConversations(directory, shown),
      ),
    goldens: (directory, task, labelsName, options = {}) =>
      goldens(
        JSON.stringify([directory, task, labelsName]),
        ['labels', 'open'].map((folder) => path.join(directory, folder, `${labelsName}.jsonl`)),
        options.conversations ?? null,
        () => readGoldens(directory, task, labelsName, options),
      ),
    baseline: (directory, task, model, showPath) =>
      baselines(
        JSON.stringify([directory, task, model]),
        [path.join(directory, baselineFileName(task.name, model))],
        null,
        () => readBaseline(directory, task, model, showPath),
      ),
  };
}

type Remembering<T> = (name: string, files: readonly string[], shared: object | null, read: () => T) => T;

function remembering<T>(): Remembering<T> {
  const known = new Map<string, { bytes: string; shared: object | null; value: T }>();
  return (name, files, shared, read) => {
    const bytes = hashOfFiles(files);
    const found = known.get(name);
    if (found !== undefined && found.bytes === bytes && found.shared === shared) return found.value;
    const value = read();
    // A file that was written meanwhile may have been read before or after.
    if (hashOfFiles(files) === bytes) known.set(name, { bytes, shared, value });
    else known.delete(name);
    return value;
  };
}
