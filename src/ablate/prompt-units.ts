import { exampleSpans } from '../model/embedded/example-spans.ts';
import { markdownBlocks } from '../model/embedded/markdown-blocks.ts';

/** Offsets into a text, in UTF-16 characters; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** What a unit is, as far as its first line tells. */
type UnitShape =
  | { kind: 'blank' | 'ruler' | 'text' | 'code' }
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'item'; text: string }
  | { kind: 'row'; cells: string[] }
  /** Nothing but examples. */
  | { kind: 'examples' }
  /** A tag that has its line to itself. */
  | { kind: 'opening' | 'closing'; element: string; label: string | null }
  /** An element with its text, such as `<label name="x">text</label>`. */
  | { kind: 'element'; element: string; label: string | null; text: string };

/**
 * One or several whole lines that no part of a prompt ends within: a line, or those that an example, a fence or a
 * labelled element holds together. The units of a text are the text.
 */
export type Unit = UnitShape & Span & { indent: number; examples: Span[] };

const FENCE = /^ {0,3}(```|~~~)/;
/**
 * An element whose attribute names a label or field, and whose text begins on the line of its tag. Its length has a
 * bound, so that thousands of openings without an end take no time.
 */
const LABELLED =
  /<([\w-]{1,64})\s+(?:name|id|value|label)="[^"<>]+"[^<>]*>(?=[ \t]*[^\s<])[\s\S]{0,10000}?<\/\1>/g;
const WHOLE_ELEMENT = /^<([\w-]{1,64})(?![\w-])([^>]*)>([\s\S]*)<\/\1>$/;
const TAG = /^<(\/?)([A-Za-z][\w-]*)(?![\w-])([^>]*)>$/;
/** What underlines a heading. */
const UNDERLINE = /^ {0,3}(?:(={2,})|-{2,})[^\S\n]*\r?\n?$/;
const SENTENCE_END = /[.!?:;,。！？：]$/;
/** Longer than this, what is underlined is a paragraph with a ruler below it. */
const LONGEST_HEADING = 100;
const NAME = /\s(?:name|id|value|label)="([^"]+)"/;

/**
 * Splits a text into units, in order and without gaps.
 *
 * @param isName whether a word is a label's or a field's: then a line that it opens is an item without a bullet
 */
export function promptUnits(text: string, isName: (word: string) => boolean): Unit[] {
  const examples = exampleSpans(text).map(({ start, end }) => ({ start, end }));
  const labelled = spansOf(text, LABELLED);
  const lines = linesOf(text);
  const held = [...examples, ...labelled, ...fences(text, lines, examples)];
  const units: Unit[] = [];
  for (const line of joinHeld(lines, held)) {
    const body = text.slice(line.start, line.end);
    const inside = examples.filter(({ start, end }) => start >= line.start && end <= line.end);
    const shape = shapeOf(body, inside, line, isName);
    units.push({ ...shape, ...line, indent: body.length - body.trimStart().length, examples: inside });
  }
  return underlined(text, units);
}

/** Joins a line that stands alone and the `===` or `---` right below it to a heading. */
function underlined(text: string, units: readonly Unit[]): Unit[] {
  const joined: Unit[] = [];
  for (const unit of units) {
    const line = joined.at(-1);
    const under = unit.kind === 'ruler' ? UNDERLINE.exec(text.slice(unit.start, unit.end)) : null;
    const title = line?.kind === 'text' ? text.slice(line.start, line.end).trim() : '';
    const isTitle = title !== '' && title.length <= LONGEST_HEADING && !SENTENCE_END.test(title);
    if (under === null || line === undefined || !isTitle || joined.at(-2)?.kind === 'text') joined.push(unit);
    else {
      const level = under[1] === undefined ? 2 : 1;
      joined.splice(-1, 1, { ...line, kind: 'heading', level, text: title, end: unit.end });
    }
  }
  return joined;
}

function spansOf(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

function linesOf(text: string): Span[] {
  const lines: Span[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline + 1;
    lines.push({ start, end });
    start = end;
  }
  return lines;
}

/** Fenced code, fences included; one that is never closed goes to the end, as in CommonMark. */
function fences(text: string, lines: readonly Span[], examples: readonly Span[]): Span[] {
  const found: Span[] = [];
  let open: { start: number; mark: string } | null = null;
  for (const { start, end } of lines) {
    const mark = FENCE.exec(text.slice(start, end))?.[1];
    const isInExample = examples.some((example) => start > example.start && start < example.end);
    if (mark === undefined || isInExample || (open !== null && open.mark !== mark)) continue;
    if (open === null) open = { start, mark };
    else {
      found.push({ start: open.start, end });
      open = null;
    }
  }
  return open === null ? found : [...found, { start: open.start, end: text.length }];
}

/** Joins the lines that a span goes across. */
function joinHeld(lines: readonly Span[], held: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    const isHeld = held.some(({ start, end }) => start < line.start && end > line.start);
    if (before !== undefined && isHeld) before.end = line.end;
    else joined.push({ ...line });
  }
  return joined;
}

function shapeOf(
  body: string,
  examples: readonly Span[],
  { start }: Span,
  isName: (word: string) => boolean,
): UnitShape {
  const trimmed = body.trim();
  if (trimmed === '') return { kind: 'blank' };
  let rest = '';
  let from = 0;
  for (const example of examples) {
    rest += body.slice(from, example.start - start);
    from = example.end - start;
  }
  if (examples.length > 0 && `${rest}${body.slice(from)}`.trim() === '') return { kind: 'examples' };
  if (FENCE.test(body)) return { kind: 'code' };
  const [, slash = '', element, attributes = ''] = TAG.exec(trimmed) ?? [];
  if (element !== undefined && !attributes.endsWith('/')) {
    return { kind: slash === '' ? 'opening' : 'closing', element, label: NAME.exec(attributes)?.[1] ?? null };
  }
  const [, whole, given = '', content = ''] = WHOLE_ELEMENT.exec(trimmed) ?? [];
  if (whole !== undefined)
    return { kind: 'element', element: whole, label: NAME.exec(given)?.[1] ?? null, text: content };
  return markdownShape(body, isName);
}

/** As the embedded model reads a line; what it leaves out is a ruler. */
function markdownShape(body: string, isName: (word: string) => boolean): UnitShape {
  const [block, ...more] = markdownBlocks(body, isName);
  if (block === undefined) return { kind: 'ruler' };
  if (block.kind === 'paragraph' || (more.length > 0 && block.kind !== 'item')) return { kind: 'text' };
  return block;
}
