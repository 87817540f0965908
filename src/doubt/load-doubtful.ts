import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { showValue } from '../compare/flips.ts';
import { readJsonLines } from '../goldens/jsonl.ts';
import type { DoubtfulLabel } from '../review/doubtful-labels.ts';
import type { Label } from '../schema/run-record.ts';
import type { Task } from '../task/task.ts';

/** Marks of `doubtful.jsonl`; a line that is none is passed over, as those who write the file do. */
export function readDoubtful(
  goldens: string,
): Pick<DoubtfulLabel, 'id' | 'window' | 'field' | 'expected' | 'by'>[] {
  const file = path.join(goldens, 'doubtful.jsonl');
  if (!existsSync(file)) return [];
  return readJsonLines(readFileSync(file), file).value.flatMap(({ value }) => {
    const text = (name: string): string | null => {
      const part: unknown = Reflect.get(Object(value), name);
      return typeof part === 'string' ? part : null;
    };
    const [id, field, expected] = [text('id'), text('field'), text('expected')];
    if (id === null || field === null || expected === null) return [];
    return [{ id, window: text('window'), field, expected, by: text('by') ?? 'somebody' }];
  });
}

/** Who doubts which fields of a label; marks on a label that is another by now no longer count. */
export function marksOn(
  task: Pick<Task, 'fields'>,
  { id, window, label }: { id: string; window: string | null; label: Label },
  marks: ReturnType<typeof readDoubtful>,
): { field: string; by: string }[] {
  return marks
    .filter((mark) => mark.id === id && mark.window === window && task.fields[mark.field] !== undefined)
    .filter(({ field, expected }) => showValue(task, field, label) === expected)
    .map(({ field, by }) => ({ field, by }));
}
