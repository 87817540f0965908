/** A stretch of text of one style. */
export interface Span {
  text: string;
  style: 'plain' | 'strong' | 'emphasis' | 'code';
}

/** A block of a codebook: the part of Markdown that codebooks are written in. */
export type Block =
  | { kind: 'heading'; level: number; spans: Span[] }
  | { kind: 'paragraph'; spans: Span[] }
  | { kind: 'list'; ordered: boolean; items: Span[][] }
  | { kind: 'table'; head: Span[][]; rows: Span[][][] }
  | { kind: 'code'; text: string };

/** Reads headings, paragraphs, lists, tables and code; whatever else there is becomes a paragraph's text as it stands. */
export function readBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.replace(/^\ufeff/, '').split(/\r?\n/);
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const heading = /^(#{1,6})\s(.*)$/.exec(line);
    if (line.trim() === '') at += 1;
    else if (heading !== null) {
      blocks.push({
        kind: 'heading',
        level: heading[1]?.length ?? 1,
        spans: readSpans((heading[2] ?? '').trim()),
      });
      at += 1;
    } else if (/^\s*```/.test(line)) {
      const from = at + 1;
      const length = lines.slice(from).findIndex((each) => /^\s*```/.test(each));
      const end = length === -1 ? lines.length : from + length;
      blocks.push({ kind: 'code', text: lines.slice(from, end).join('\n') });
      at = end + 1;
    } else if (isTable(lines, at)) {
      const end = runOf(lines, at, (each) => each.includes('|'));
      const [head = [], , ...rows] = lines.slice(at, end).map(cellsOf);
      blocks.push({ kind: 'table', head, rows });
      at = end;
    } else if (ITEM.test(line)) {
      const end = runOf(lines, at, (each) => ITEM.test(each) || /^\s+\S/.test(each));
      blocks.push({ kind: 'list', ordered: /^\s*\d/.test(line), items: itemsOf(lines.slice(at, end)) });
      at = end;
    } else {
      const end = Math.max(
        at + 1,
        runOf(lines, at, (each) => !STARTS_ANOTHER.test(each)),
      );
      blocks.push({ kind: 'paragraph', spans: readSpans(lines.slice(at, end).join(' ')) });
      at = end;
    }
  }
  return blocks;
}

/**
 * The part of a codebook that is for one task: what stands before the first section of any task, and its own sections.
 * A section, which a heading of level 2 begins, is a task's where the heading has the task's name in it as a word. All
 * of the codebook where no section is this task's.
 *
 * @param others names of the other tasks
 */
export function codebookFor(blocks: readonly Block[], task: string, others: readonly string[]): Block[] {
  const sections: Block[][] = [[]];
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === 2) sections.push([]);
    sections.at(-1)?.push(block);
  }
  const names = (section: readonly Block[], name: string) => {
    const [heading] = section;
    if (heading?.kind !== 'heading' || heading.level !== 2) return false;
    return wordsOf(heading.spans.map(({ text }) => text).join('')).includes(` ${wordsOf(name).trim()} `);
  };
  const own = sections.filter((section) => names(section, task));
  if (own.length === 0) return [...blocks];
  const first = sections.findIndex((section) => [task, ...others].some((name) => names(section, name)));
  return [...sections.slice(0, first), ...own].flat();
}

const ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;
const STARTS_ANOTHER = /^\s*$|^#{1,6}\s|^\s*```|^\s*(?:[-*+]|\d+[.)])\s+/;
const SPAN = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*/g;

function readSpans(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(SPAN)) {
    if (match.index > from) spans.push({ text: text.slice(from, match.index), style: 'plain' });
    const [whole, code, strong, emphasis] = match;
    if (code !== undefined) spans.push({ text: code, style: 'code' });
    else if (strong !== undefined) spans.push({ text: strong, style: 'strong' });
    else spans.push({ text: emphasis ?? whole, style: 'emphasis' });
    from = match.index + whole.length;
  }
  if (from < text.length) spans.push({ text: text.slice(from), style: 'plain' });
  return spans;
}

/** 0-based index after the last line, from `at` on, that goes on as the first one. */
function runOf(lines: readonly string[], at: number, goesOn: (line: string) => boolean): number {
  const length = lines.slice(at).findIndex((line) => !goesOn(line));
  return length === -1 ? lines.length : at + length;
}

function isTable(lines: readonly string[], at: number): boolean {
  const below = lines[at + 1] ?? '';
  return (lines[at] ?? '').includes('|') && below.includes('-') && /^[\s:|-]+$/.test(below);
}

function cellsOf(line: string): Span[][] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split('|').map((cell) => readSpans(cell.trim()));
}

function itemsOf(lines: readonly string[]): Span[][] {
  const items: string[] = [];
  for (const line of lines) {
    if (ITEM.test(line)) items.push(line.replace(ITEM, ''));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return items.map(readSpans);
}

/** The words of a text in small letters, a space around each. */
function wordsOf(text: string): string {
  return ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `.replace(/ +/g, ' ');
}
