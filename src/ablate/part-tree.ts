import type { LabelNames, Name } from '../model/embedded/label-names.ts';
import { firstWords, headingWords, namesInWords } from './part-words.ts';
import { promptUnits, type Span, type Unit } from './prompt-units.ts';

/** What a part of a prompt is; in the order in which the more telling of two names for one text is chosen. */
export const PART_KINDS = ['label', 'example', 'rule', 'section', 'paragraph'] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** A part before it is named for good: where it is, and the parts inside it. */
export interface PartNode extends Span {
  kind: PartKind;
  /** Words that tell it from others of its kind; of a label, the label. */
  words: string;
  children: PartNode[];
  /** Whether all its text but its children's is headings, tags, rulers and blank lines. */
  isFrame: boolean;
}

/**
 * Reads a prompt's system text as a tree of parts, the way the embedded model reads prompts: headings with `#`, list
 * items, table rows, tagged elements, worked examples, paragraphs. Ranges are whole lines, but for an example that
 * shares its line with other text; the parts of a node lie within it, and none overlaps another.
 */
export function partTree(system: string, names: LabelNames): PartNode[] {
  const units = promptUnits(system, (word) => names.find(word, null) !== null);
  return new TreeReader(system, units, names).read(0, units.length, null);
}

class TreeReader {
  readonly #text: string;
  readonly #units: readonly Unit[];
  readonly #names: LabelNames;

  constructor(text: string, units: readonly Unit[], names: LabelNames) {
    this.#text = text;
    this.#units = units;
    this.#names = names;
  }

  /** The parts of units `from` up to `to`, where text is about `field`; null where it is about none. */
  read(from: number, to: number, field: string | null): PartNode[] {
    const nodes: PartNode[] = [];
    for (let at = from; at < to; ) {
      const unit = this.#units[at];
      if (unit === undefined) break;
      const end = this.#endOf(at, to);
      nodes.push(...this.#node(unit, at, end, field));
      at = end;
    }
    return nodes;
  }

  #node(unit: Unit, at: number, end: number, field: string | null): PartNode[] {
    switch (unit.kind) {
      case 'heading':
        return [this.#section(unit.text, at, end, field)];
      case 'opening': {
        if (end === at + 1) return [];
        const name = this.#names.find(unit.label ?? unit.element, field);
        const words = unit.label ?? unit.element;
        return [this.#container(name === null ? [] : [name], words, at, end, end - 1, field)];
      }
      case 'element': {
        const name = this.#names.find(unit.label ?? unit.element, field);
        const [kind, words] =
          name === null
            ? (['rule', firstWords(unit.text)] as const)
            : (['label', namesInWords([name])] as const);
        return [this.#leaf(kind, words, at, end)];
      }
      case 'row':
        return this.#isTableHead(at, end) ? [] : [this.#row(unit.cells, at, end, field)];
      case 'item':
        return [this.#item(at, end, field)];
      case 'examples':
        return unit.examples.map((span) => this.#example(span));
      case 'text':
      case 'code':
        return [this.#leaf('paragraph', firstWords(this.#slice(at, end)), at, end)];
      case 'blank':
      case 'ruler':
      case 'closing':
        return [];
    }
  }

  /** Index of the unit after the block that begins at one; blank lines at its end are not in it. */
  #endOf(at: number, to: number): number {
    const unit = this.#units[at];
    switch (unit?.kind) {
      case 'heading':
        return this.#sectionEnd(at, unit.level, to);
      case 'opening':
        return this.#closingOf(at, to) ?? at + 1;
      case 'item':
        return this.#itemEnd(at, unit.indent, to);
      case 'text':
      case 'code': {
        let end = at + 1;
        while (end < to && isProse(this.#units[end])) end += 1;
        return end;
      }
      default:
        return at + 1;
    }
  }

  #sectionEnd(at: number, level: number, to: number): number {
    let end = at + 1;
    let last = end;
    while (end < to) {
      const unit = this.#units[end];
      if (unit === undefined || (unit.kind === 'heading' && unit.level <= level)) break;
      end = (unit.kind === 'opening' ? this.#closingOf(end, to) : null) ?? end + 1;
      if (unit.kind !== 'blank') last = end;
    }
    return last;
  }

  /** Index after the closing tag of an opening one; null where it has none. */
  #closingOf(at: number, to: number): number | null {
    const opening = this.#units[at];
    if (opening?.kind !== 'opening') return null;
    let depth = 0;
    for (let index = at; index < to; index += 1) {
      const unit = this.#units[index];
      if (unit?.kind !== 'opening' && unit?.kind !== 'closing') continue;
      if (unit.element !== opening.element) continue;
      depth += unit.kind === 'opening' ? 1 : -1;
      if (depth === 0) return index + 1;
    }
    return null;
  }

  /** An item goes on over lines below it, and over a blank line where what follows is indented further. */
  #itemEnd(at: number, indent: number, to: number): number {
    let last = at + 1;
    for (let end = at + 1; end < to; end += 1) {
      const unit = this.#units[end];
      if (unit === undefined || unit.kind === 'heading') break;
      if (unit.kind === 'blank') continue;
      const isDirect = end === last && unit.kind === 'text';
      if (!isDirect && unit.indent <= indent) break;
      last = end + 1;
    }
    return last;
  }

  #section(heading: string, at: number, end: number, field: string | null): PartNode {
    const named = this.#names.heading(heading, field);
    const own = named.find(({ kind }) => kind === 'field')?.field ?? field;
    const labels = named.filter(({ kind }) => kind === 'label');
    return this.#container(labels, headingWords(heading), at, end, end, own);
  }

  /** A section, or the description of a label where a label heads it. */
  #container(
    named: readonly Name[],
    words: string,
    at: number,
    end: number,
    bodyEnd: number,
    field: string | null,
  ): PartNode {
    const isLabel = named.length > 0;
    const children = this.read(at + 1, bodyEnd, field);
    const leaf = this.#leaf(isLabel ? 'label' : 'section', isLabel ? namesInWords(named) : words, at, end);
    return { ...leaf, children, isFrame: this.#isFrame(at, end, children) };
  }

  #item(at: number, end: number, field: string | null): PartNode {
    const units = this.#units.slice(at, end);
    const [first] = units;
    const more = units.slice(1).findIndex(({ kind }) => kind !== 'text');
    const wrapped = units.slice(1, more === -1 ? undefined : more + 1);
    const opening = first?.kind === 'item' ? first.text : '';
    const text = [opening, ...wrapped.map((unit) => this.#text.slice(unit.start, unit.end).trim())].join(' ');
    const lead = this.#names.lead(text, field);
    const own = lead?.names.find(({ kind }) => kind === 'field')?.field ?? field;
    const number = /^\s*(\d{1,3})[.)]\s/.exec(this.#slice(at, at + 1))?.[1];
    const words =
      lead === null ? [number, firstWords(text)].filter(Boolean).join(' ') : namesInWords(lead.names);
    const inside = [
      ...(first?.examples ?? []).map((span) => this.#example(span)),
      ...this.read(at + 1, end, own).filter(({ kind }) => kind !== 'paragraph'),
    ];
    return { ...this.#leaf(lead === null ? 'rule' : 'label', words, at, end), children: inside };
  }

  /** A row that a ruler follows names the columns. */
  #isTableHead(at: number, end: number): boolean {
    return this.#units[at - 1]?.kind !== 'row' && this.#units[end]?.kind === 'ruler';
  }

  #row(cells: readonly string[], at: number, end: number, field: string | null): PartNode {
    const named = cells.flatMap((cell) => this.#names.find(cell, field) ?? []);
    return named.length > 0
      ? this.#leaf('label', namesInWords(named), at, end)
      : this.#leaf('rule', firstWords(cells.join(' ')), at, end);
  }

  /** The lines of an example that has them to itself, else the example alone. */
  #example({ start, end }: Span): PartNode {
    const text = this.#text;
    const before = /(?:^|\n)([^\S\n]*)$/.exec(text.slice(0, start))?.[1];
    const after = /^[^\S\n]*(?:\n|$)/.exec(text.slice(end))?.[0];
    const isAlone = before !== undefined && after !== undefined;
    const shown = text.slice(start, end).replaceAll(ANSWER_OR_TAG, ' ');
    return {
      ...{ kind: 'example', words: firstWords(shown), children: [], isFrame: false },
      start: isAlone ? start - before.length : start,
      end: isAlone ? end + after.length : end,
    };
  }

  #leaf(kind: PartKind, words: string, at: number, end: number): PartNode {
    const units = this.#units.slice(at, end);
    const start = units[0]?.start ?? 0;
    const inside = kind === 'paragraph' ? units.flatMap(({ examples }) => examples) : [];
    return {
      ...{ kind, words, start, end: units.at(-1)?.end ?? start },
      children: inside.map((span) => this.#example(span)),
      isFrame: false,
    };
  }

  #isFrame(at: number, end: number, children: readonly PartNode[]): boolean {
    return this.#units.slice(at, end).every((unit, index) => {
      const isStructure = ['blank', 'heading', 'ruler', 'opening', 'closing'].includes(unit.kind);
      const isHead = unit.kind === 'row' && this.#isTableHead(at + index, at + index + 1);
      return (
        isStructure ||
        isHead ||
        children.some(({ start, end: last }) => start <= unit.start && last >= unit.end)
      );
    });
  }

  #slice(at: number, end: number): string {
    return this.#text.slice(this.#units[at]?.start ?? 0, this.#units[end - 1]?.end ?? 0);
  }
}

/** No run of openings is read twice, however many there are without an end. */
const ANSWER_OR_TAG = /<answer\b[^<>]*>[^<]*(?:<(?!\/?answer\b)[^<]*)*<\/answer>|<[^<>]*>/gi;

function isProse(unit: Unit | undefined): boolean {
  return unit?.kind === 'text' || unit?.kind === 'code';
}
