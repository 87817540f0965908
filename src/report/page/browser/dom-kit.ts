/// <reference lib="dom" />
import type { Value } from '../../../schema/run-record.ts';
import type { AnswerData } from '../page-data.ts';
import type { TextPart } from './text-parts.ts';

/** How the page's script makes elements: text only ever becomes text. */
export interface DomKit {
  /** An element; strings among the children are text, with control characters spelt out. */
  node(tag: string, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElement;
  /** A value as reports print it: `coaching`, `true`, `coaching+counseling`, `none`. */
  show(value: Value | undefined): string;
  /** What answers say in one field; differing repeats are counted: `coaching x2, invalid x1`. */
  showAnswers(answers: AnswerData[] | null, field: number): string;
  byId<T extends HTMLElement>(id: string): T;
}

/** Runs in the page: it stands alone, given what splits text. */
export function makeDomKit(textParts: (text: string) => TextPart[]): DomKit {
  const kit: DomKit = {
    node(tag, attributes, ...children) {
      const made = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
      for (const child of children) {
        if (typeof child !== 'string') made.append(child);
        else
          for (const { text, control } of textParts(child)) {
            if (!control) made.append(text);
            else {
              const mark = document.createElement('span');
              mark.className = 'control';
              mark.textContent = text;
              made.append(mark);
            }
          }
      }
      return made;
    },
    show(value) {
      if (value === null || value === undefined) return 'none';
      if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join('+');
      return String(value);
    },
    showAnswers(answers, field) {
      if (answers === null) return 'not asked';
      const counts = new Map<string, number>();
      for (const { status, values } of answers) {
        const shown = values === null ? status : kit.show(values[field]);
        counts.set(shown, (counts.get(shown) ?? 0) + 1);
      }
      const all = [...counts];
      return all.map(([shown, count]) => (all.length === 1 ? shown : `${shown} x${count}`)).join(', ');
    },
    byId<T extends HTMLElement>(id: string): T {
      const found = document.getElementById(id);
      if (found === null) throw new Error(`no element ${id}`);
      return found as T;
    },
  };
  return kit;
}
