import type { AnswerField } from './answer-fields.ts';

/** A name in a prompt: a field's, or a label's of one field, or (field null) of whichever field has it. */
export type Name = { kind: 'field'; field: string } | { kind: 'label'; field: string | null; label: string };

/** What stands before a text and names whom it describes. */
export interface NamedText {
  names: Name[];
  text: string;
}

const SEPARATOR = /\*\*\s*:|:\s*\*\*|:(?=\s|$)|\s[—–-]\s|\s=>?\s|→/;
const MARKED = /`([^`]+)`|\*\*([^*]+)\*\*|__([^_]+)__|"([^"]+)"|“([^”]+)”/g;
/** Longer than this, what stands before a colon is a sentence and no name. */
const LONGEST_HEAD = 100;
/** Nor is a heading that is longer than this read for names: it would take long, and it may be a stranger's. */
const LONGEST_HEADING = 1000;

/** Finds the names that prompts call fields and labels by. */
export class LabelNames {
  readonly #fields: readonly AnswerField[];

  constructor(fields: readonly AnswerField[]) {
    this.#fields = fields;
  }

  /** The name that a word stands for, spelled with any case, spaces or dashes; `within` settles doubles. */
  find(word: string, within: string | null): Name | null {
    const plain = normalize(word);
    if (plain === '') return null;
    const owner = this.#fields.find(({ name }) => name === within);
    const own = owner?.labels.find((label) => normalize(label) === plain);
    if (owner !== undefined && own !== undefined) return { kind: 'label', field: owner.name, label: own };
    const field = this.#fields.find(({ name }) => normalize(name) === plain);
    if (field !== undefined) return { kind: 'field', field: field.name };
    const owners = this.#fields.filter(({ labels }) => labels.some((label) => normalize(label) === plain));
    const label = owners[0]?.labels.find((candidate) => normalize(candidate) === plain);
    if (label === undefined) return null;
    return { kind: 'label', field: owners.length === 1 ? (owners[0]?.name ?? null) : null, label };
  }

  /** Splits "`a`, `b` (0.5): text", "**a** text" or "Field `a`: text"; null where no name leads. */
  lead(text: string, within: string | null): NamedText | null {
    const at = SEPARATOR.exec(text);
    if (at !== null && at.index <= LONGEST_HEAD) {
      const names = this.#headNames(text.slice(0, at.index).replaceAll('**', ''), within);
      if (names.length > 0) return { names, text: text.slice(at.index + at[0].length).trim() };
    }
    const marked = /^(?:`([^`]+)`|\*\*`?([^*`]+)`?\*\*)\s*(.*)$/s.exec(text);
    const name = marked === null ? null : this.find(marked[1] ?? marked[2] ?? '', within);
    return name === null ? null : { names: [name], text: marked?.[3] ?? '' };
  }

  /** Names of a heading: all of it, what leads it, or the only one that is marked in it. */
  heading(text: string, within: string | null): Name[] {
    const lead = this.lead(text, within);
    return lead === null ? this.#headNames(text, within) : lead.names;
  }

  /** Every name that is marked as code in a text. */
  mentions(text: string, within: string | null): Name[] {
    return [...text.matchAll(/`([^`]+)`/g)].flatMap(([, word = '']) => this.find(word, within) ?? []);
  }

  #headNames(head: string, within: string | null): Name[] {
    if (head.length > LONGEST_HEADING) return [];
    const bare = head.replaceAll(/\([^)]*\)/g, ' ').trim();
    const marked = [...bare.matchAll(MARKED)].map((match) =>
      match.slice(1).find((word) => word !== undefined),
    );
    const words = marked.length > 0 ? marked : bare.split(/\s*(?:,|\/|\bor\b|\band\b)\s*/);
    const rest = marked.length > 0 ? bare.replaceAll(MARKED, ' ').match(/\p{L}{2,}/gu) : null;
    if ((rest?.filter((word) => !/^(?:or|and)$/.test(word)).length ?? 0) > 1) return [];
    const names = words.map((word) => this.find(word ?? '', within));
    return names.every((name) => name !== null) ? names : [];
  }
}

function normalize(word: string): string {
  return word
    .replaceAll(/[`*"“”]/g, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');
}
