/** A name that stands first in an item of a list, or is a heading. */
export interface ListLead {
  name: string;
  /** Of the name in the text. */
  offset: number;
  /** Leads with the same group are items of one list, or headings under one heading. */
  group: string;
  isMarked: boolean;
}

/** Bullet or number; then a name in backticks or bold, or a plain word; then what sets it apart from the text. */
const ITEM =
  /^(\s*)(?:([-*+•]|\d{1,3}[.)])\s*)?(?:`([^`\n]+)`|\*\*`?([^*`\n]+?)`?:?\*\*|([A-Za-z][\w-]*))(?=\s*(?:\([^)\n]*\)\s*)?(?::|—|–|=|->|→|\s-\s|$))/;
const HEADING = /^\s{0,3}(#{1,6})\s+`?([A-Za-z][\w-]*)`?\s*:?$/;
const ANY_HEADING = /^\s{0,3}(#{1,6})\s/;

/** The leads of a Markdown text, in order. A plain word leads only after a bullet or number. */
export function listLeads(markdown: string): ListLead[] {
  const leads: ListLead[] = [];
  /** Number of the last heading of each level. */
  const headings = [0, 0, 0, 0, 0, 0, 0];
  let offset = 0;
  for (const [number, line] of markdown.split('\n').entries()) {
    const heading = ANY_HEADING.exec(line);
    if (heading !== null) {
      const level = heading[1]?.length ?? 1;
      headings.fill(number + 1, level);
      const name = HEADING.exec(line.trimEnd())?.[2];
      const above = headings.slice(0, level).join('.');
      if (name !== undefined)
        leads.push({
          name,
          offset: offset + line.indexOf(name),
          group: `heading ${level} ${above}`,
          isMarked: false,
        });
    } else {
      const [, indent = '', mark = '', code, bold, word] = ITEM.exec(line) ?? [];
      const name = code ?? bold ?? (mark === '' ? undefined : word);
      if (name !== undefined) {
        const kind = /\d/.test(mark) ? 'number' : mark;
        const style = code === undefined ? (bold === undefined ? 'plain' : 'bold') : 'code';
        const group = `item ${headings.join('.')} ${indent.length} ${kind} ${style}`;
        leads.push({ name, offset: offset + line.indexOf(name), group, isMarked: code !== undefined });
      }
    }
    offset += line.length + 1;
  }
  return leads;
}
