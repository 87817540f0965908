import type { GoldenLabel } from '../goldens/load.ts';
import { askedFields, type Task } from '../task/task.ts';

/** The labels of some conversations, by what they are called: `sentiment.sentiment/opening`. */
export class LabelDifferences {
  readonly #ids: ReadonlySet<string>;
  readonly #values = new Map<string, Map<string, string>>();

  /** @param ids the conversations that will be compared */
  constructor(ids: ReadonlySet<string>) {
    this.#ids = ids;
  }

  add(task: Task, labelsName: string, labels: readonly GoldenLabel[]): void {
    for (const { id, window, label } of labels) {
      if (!this.#ids.has(id)) continue;
      const values = this.#values.get(id) ?? new Map<string, string>();
      this.#values.set(id, values);
      for (const [field] of askedFields(task)) {
        const name = `${labelsName}.${field}${window === null ? '' : `/${window}`}`;
        values.set(name, JSON.stringify(label[field] ?? null));
      }
    }
  }

  /** Where both have a label and the two are not the same. */
  between([first, second]: readonly [string, string]): string[] {
    const others = this.#values.get(second);
    return [...(this.#values.get(first) ?? [])].flatMap(([name, value]) => {
      const other = others?.get(name);
      return other === undefined || other === value ? [] : [name];
    });
  }
}
