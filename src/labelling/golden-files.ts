import { InputError } from '../errors/errors.ts';
import { keyOf } from '../goldens/golden-lines.ts';
import { parseLabels } from '../goldens/labels.ts';
import type { GoldenLabel } from '../goldens/load.ts';
import { type OpenLabel, parseOpenLabels } from '../goldens/open-labels.ts';
import type { Task } from '../task/task.ts';
import { bytesOf, isSame, replaceFile } from './replace-file.ts';
import type { WriteLock } from './write-lock.ts';

/** Where the labels of one task lie. Absolute paths. */
export interface GoldenFiles {
  task: Task;
  /** `labels/<name>.jsonl`, which need not be there. */
  labels: string;
  /** `open/<name>.jsonl`, which need not be there. */
  open: string;
  /** How a path is shown to the user. */
  shown(file: string): string;
}

/** The text of both files. */
interface GoldenTexts {
  labels: string;
  open: string;
}

/** Both files, read and found sound. */
export interface GoldenState {
  texts: GoldenTexts;
  /** By `keyOf`. */
  labels: ReadonlyMap<string, GoldenLabel>;
  /** By `keyOf`; a case that has a label as well is left over from a save that was broken off, or was labelled by hand. */
  open: ReadonlyMap<string, OpenLabel>;
}

/** What the files are to hold. Where both change, one is written before the other. */
export interface GoldenEdit {
  texts: GoldenTexts;
  /** The one that gets the line which leaves the other, so that no vote is ever in neither. */
  first: keyof GoldenTexts;
}

/** An editor may save just when we do; each try starts from what is there. */
const TRIES = 20;

/** Reads both files. Throws InputError with every problem of both. */
export function readGoldenFiles(files: GoldenFiles): GoldenState {
  return stateOf(files, { labels: bytesOf(files.labels), open: bytesOf(files.open) });
}

/**
 * Changes the files while no other process of ours does, from what they hold at that moment: what was edited by hand
 * meanwhile stays.
 *
 * @throws InputError where they hold something broken; nothing is written then
 */
export function editGoldenFiles(
  files: GoldenFiles,
  lock: WriteLock,
  edit: (state: GoldenState) => GoldenEdit,
): void {
  lock.hold(() => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const before = { labels: bytesOf(files.labels), open: bytesOf(files.open) };
      const { texts, first } = edit(stateOf(files, before));
      const order = first === 'labels' ? (['labels', 'open'] as const) : (['open', 'labels'] as const);
      const isDone = order.every((name) => {
        const after = Buffer.from(texts[name], 'utf8');
        const isUnchanged = isSame(before[name] ?? Buffer.alloc(0), after);
        return isUnchanged || replaceFile(files[name], before[name], after);
      });
      if (isDone) return;
    }
    const what = 'changes faster than it can be written';
    const mend = 'Stop what writes it, then save again';
    throw new InputError([{ file: files.shown(files.open), line: null, id: null, what, mend }]);
  });
}

function stateOf(files: GoldenFiles, bytes: { labels: Buffer | null; open: Buffer | null }): GoldenState {
  const nothing = Buffer.alloc(0);
  const open = parseOpenLabels(bytes.open ?? nothing, files.shown(files.open), files.task, null);
  const text = {
    labels: (bytes.labels ?? nothing).toString('utf8'),
    open: (bytes.open ?? nothing).toString('utf8'),
  };
  const labels =
    text.labels.trim() === ''
      ? { value: [], problems: [] }
      : parseLabels(bytes.labels ?? nothing, files.shown(files.labels), files.task, null);
  const problems = [...labels.problems, ...open.problems];
  if (problems.length > 0) throw new InputError(problems);
  const byKey = <T extends { id: string; window: string | null }>(lines: readonly T[]) =>
    new Map(lines.map((line) => [keyOf(line.id, line.window), line]));
  return { texts: text, labels: byKey(labels.value), open: byKey(open.value) };
}
