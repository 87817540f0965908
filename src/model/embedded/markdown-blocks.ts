/** A piece of Markdown that stands on its own, with its wrapped lines joined. */
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'item'; indent: number; text: string }
  | { kind: 'row'; cells: string[] }
  | { kind: 'paragraph'; indent: number; text: string };

const FENCE = /^\s*(?:```|~~~)/;
const HEADING = /^\s{0,3}(#{1,6})\s+(.*)$/;
const ITEM = /^(\s*)(?:[-*+•]|\d{1,3}[.)])\s+(.*)$/;
/** A line without a bullet that opens with a marked name, such as "`soup`: hot and liquid". */
const NAMED_LINE = /^(\s*)((?:`[^`]+`|\*\*[^*]+\*\*)\s*(?:\([^)]*\)\s*)?(?::|—|–|=|-\s).*)$/;
const PLAIN_LINE = /^(\s*)(([\w-]+):\s.*)$/;
const ROW = /^\s*\|(.*)\|\s*$/;
const RULER = /^[\s|:=-]*$/;

/**
 * The blocks of a Markdown text in order; fenced code and rulers are left out. A line that opens with a
 * marked name, or with a plain word that `isName` knows, and a colon is an item even without a bullet.
 */
export function markdownBlocks(markdown: string, isName: (word: string) => boolean): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  let fenced = false;
  for (const line of markdown.split(/\r?\n/)) {
    if (FENCE.test(line)) {
      fenced = !fenced;
      open = null;
    } else if (fenced || RULER.test(line)) {
      open = null;
    } else {
      const begun = beginBlock(line, isName);
      const continues: boolean = begun.kind === 'paragraph' && open !== null && 'indent' in open;
      if (continues && open !== null && 'indent' in open) {
        open.text += ` ${line.trim()}`;
      } else {
        blocks.push(begun);
        open = begun;
      }
    }
  }
  return blocks;
}

function beginBlock(line: string, isName: (word: string) => boolean): Block {
  const heading = HEADING.exec(line);
  if (heading !== null)
    return { kind: 'heading', level: heading[1]?.length ?? 1, text: withoutClosing(heading[2] ?? '') };
  const row = ROW.exec(line);
  if (row !== null) return { kind: 'row', cells: (row[1] ?? '').split('|').map((cell) => cell.trim()) };
  const item = ITEM.exec(line) ?? NAMED_LINE.exec(line);
  if (item !== null) return { kind: 'item', indent: item[1]?.length ?? 0, text: item[2] ?? '' };
  const plain = PLAIN_LINE.exec(line);
  if (plain !== null && isName(plain[3] ?? '')) {
    return { kind: 'item', indent: plain[1]?.length ?? 0, text: plain[2] ?? '' };
  }
  return { kind: 'paragraph', indent: line.length - line.trimStart().length, text: line.trim() };
}

/** A heading's text without the `#` that may close it. A loop, since a pattern takes too long on many blanks. */
function withoutClosing(heading: string): string {
  const text = heading.trimEnd();
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  return text.slice(0, end).trimEnd();
}
