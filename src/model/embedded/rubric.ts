import type { AnswerSchema } from '../model.ts';
import { type AnswerField, answerFields } from './answer-fields.ts';
import { LabelNames, type Name } from './label-names.ts';
import { type Block, markdownBlocks } from './markdown-blocks.ts';
import { sentencesOf } from './sentences.ts';
import { type WorkedExample, withoutExamples, workedExamples } from './worked-examples.ts';

/** Text that a prompt says about one label. */
export interface Evidence {
  /** Null where the label's name alone does not tell the field. */
  field: string | null;
  label: string;
  text: string;
  /** `description`: stands under the label. `mention`: a sentence elsewhere that names it. */
  kind: 'description' | 'mention';
  /** 1, shared between the labels that a sentence names. */
  weight: number;
}

/** What a prompt teaches: what it says of each label and field, and what it shows. */
export interface Rubric {
  fields: AnswerField[];
  evidence: Evidence[];
  /** Text about a field as a whole, by field. */
  about: ReadonlyMap<string, string[]>;
  examples: WorkedExample[];
}

/** Where in the text the reader is: which names the text that follows belongs to. */
interface Place {
  field: string | null;
  fieldLevel: number;
  heading: Name[];
  item: Name[];
  itemIndent: number;
}

/** Reads a system text for the fields of an answer schema. Names of labels are never evidence themselves. */
export function readRubric(system: string, schema: AnswerSchema): Rubric {
  const fields = answerFields(schema);
  const names = new LabelNames(fields);
  const reader = new RubricReader(fields, names);
  const instructions = tagsAsItems(withoutExamples(system));
  for (const block of markdownBlocks(instructions, (word) => names.find(word, null) !== null))
    reader.read(block);
  return { fields, evidence: reader.evidence, about: reader.about, examples: workedExamples(system) };
}

/** `<label name="x">text</label>` written as the list item that it means. */
function tagsAsItems(markdown: string): string {
  return markdown.replaceAll(
    /<([\w-]+)\s+(?:name|id|value|label)="([^"]+)"[^>]*>([\s\S]*?)<\/\1>/g,
    (_tag, _element, name: string, text: string) =>
      `\n\n- \`${name}\`: ${text.trim().replaceAll(/\s+/g, ' ')}\n\n`,
  );
}

class RubricReader {
  readonly evidence: Evidence[] = [];
  readonly about = new Map<string, string[]>();
  readonly #names: LabelNames;
  readonly #booleans: ReadonlySet<string>;
  #place: Place = { field: null, fieldLevel: 0, heading: [], item: [], itemIndent: 0 };

  constructor(fields: readonly AnswerField[], names: LabelNames) {
    this.#names = names;
    this.#booleans = new Set(fields.filter(({ kind }) => kind === 'boolean').map(({ name }) => name));
  }

  read(block: Block): void {
    switch (block.kind) {
      case 'heading':
        this.#heading(block.level, block.text);
        break;
      case 'row':
        this.#row(block.cells);
        break;
      case 'item':
        this.#item(block.indent, block.text);
        break;
      case 'paragraph':
        if (block.indent === 0) this.#place.item = [];
        this.#text(block.text, this.#place.item);
    }
  }

  #heading(level: number, text: string): void {
    const place = this.#place;
    place.item = [];
    place.itemIndent = 0;
    if (level <= place.fieldLevel) place.field = null;
    const names = this.#names.heading(text, place.field);
    const field = names.find(({ kind }) => kind === 'field')?.field ?? null;
    place.heading = names.filter(({ kind }) => kind === 'label');
    if (field === null) return;
    place.field = field;
    place.fieldLevel = level;
    this.#say(field, text);
  }

  #row(cells: readonly string[]): void {
    const named = cells.map((cell) => this.#names.find(cell, this.#place.field));
    const field = named.find((name) => name?.kind === 'field')?.field ?? this.#place.field;
    const labels = cells
      .flatMap((cell) => this.#names.find(cell, field) ?? [])
      .filter(({ kind }) => kind === 'label');
    const text = cells.filter((_cell, index) => named[index] === null).join('. ');
    if (labels.length > 0) this.#describe(labels, text);
    else if (field !== null)
      this.#text(
        text,
        named.filter((name) => name !== null),
      );
  }

  #item(indent: number, text: string): void {
    const place = this.#place;
    const lead = this.#names.lead(text, place.field);
    if (lead === null) {
      if (indent <= place.itemIndent) place.item = [];
      this.#text(text, place.item);
      return;
    }
    const field = lead.names.find(({ kind }) => kind === 'field')?.field;
    if (field !== undefined && !lead.names.some(({ kind }) => kind === 'label')) {
      place.field = field;
      place.fieldLevel = Math.max(place.fieldLevel, 1);
    }
    place.item = lead.names;
    place.itemIndent = indent;
    this.#text(lead.text, lead.names);
  }

  /** Text under the names of an item, else under those of a heading, else on its own. */
  #text(text: string, under: readonly Name[]): void {
    const names = under.length > 0 ? under : this.#place.heading;
    const labels = names.filter(({ kind }) => kind === 'label');
    if (labels.length > 0) {
      this.#describe(labels, text);
      return;
    }
    const field = names[0]?.field ?? this.#place.field;
    if (field !== null) this.#say(field, text);
    if (names.length > 0 && field !== null && this.#booleans.has(field)) this.#describeBoolean(field, text);
    else this.#mention(text, field);
  }

  /** A sentence under a label is about that label, unless it names others instead. */
  #describe(labels: readonly Name[], text: string): void {
    const within = labels[0]?.field ?? this.#place.field;
    for (const { text: sentence, excludes } of sentencesOf(text)) {
      const named = this.#names.mentions(sentence, within).filter(({ kind }) => kind === 'label');
      const others = named.some((name) => labels.some((own) => sameLabel(own, name))) ? [] : named;
      if (others.length > 0) this.#credit(others, sentence, 'mention');
      else if (!excludes) this.#credit(labels, sentence, 'description', 1);
    }
  }

  /** "True when A, false otherwise": each piece belongs to the value that opens it, the first to true. */
  #describeBoolean(field: string, text: string): void {
    for (const { text: sentence } of sentencesOf(text)) {
      for (const piece of sentence.split(/(?=\b(?:true|false)\b)/i)) {
        const label = /^false\b/i.test(piece) ? 'false' : 'true';
        this.#credit(
          [{ kind: 'label', field, label }],
          piece.replace(/^(?:true|false)\b/i, ''),
          'description',
        );
      }
    }
  }

  #mention(text: string, within: string | null): void {
    for (const { text: sentence, excludes } of sentencesOf(text)) {
      const spoken = new Set(
        this.#names
          .mentions(sentence, null)
          .flatMap(({ kind, field }) => (kind === 'field' ? (field ?? []) : [])),
      );
      for (const field of spoken) if (field !== within) this.#say(field, sentence);
      const named = this.#names.mentions(sentence, spoken.size === 1 ? ([...spoken][0] ?? null) : within);
      const bare =
        within !== null && this.#booleans.has(within) ? sentence.match(/\b(?:true|false)\b/gi) : null;
      const labels = [
        ...named.filter(({ kind }) => kind === 'label'),
        ...(bare ?? []).map(
          (label) => ({ kind: 'label', field: within, label: label.toLowerCase() }) as const,
        ),
      ];
      if (!excludes) this.#credit(labels, sentence, 'mention');
    }
  }

  #credit(names: readonly Name[], text: string, kind: Evidence['kind'], weight?: number): void {
    const labels = names.flatMap((name) => (name.kind === 'label' ? [name] : []));
    const distinct = labels.filter(
      (name, index) => labels.findIndex((other) => sameLabel(other, name)) === index,
    );
    // A name is no evidence, in the text that explains it as little as by itself.
    const plain = text.replaceAll(/`[^`]*`/g, ' ').trim();
    if (!/\p{L}/u.test(plain)) return;
    for (const { field, label } of distinct) {
      this.evidence.push({ field, label, text: plain, kind, weight: weight ?? 1 / distinct.length });
    }
  }

  #say(field: string, text: string): void {
    this.about.set(field, [...(this.about.get(field) ?? []), text]);
  }
}

function sameLabel(a: Name, b: Name): boolean {
  return a.kind === 'label' && b.kind === 'label' && a.label === b.label && a.field === b.field;
}
