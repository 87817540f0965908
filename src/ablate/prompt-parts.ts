import type { LabelNames } from '../model/embedded/label-names.ts';
import { PART_KINDS, type PartKind, type PartNode, partTree } from './part-tree.ts';
import type { Span } from './prompt-units.ts';

/** A piece of a prompt's system text that can be taken out. */
export interface PromptPart extends Span {
  /** Unlike any other of the prompt's, the same as long as its own text is: `rule 1 Own wish to die`. */
  name: string;
  kind: PartKind;
  /** First and last line of it, 1-based, in the system text. */
  lines: { first: number; last: number };
  /** What goes: the part, and of the blank lines before and after it as many as would be too many. */
  cut: Span;
}

/**
 * Every removable part of a system text, by where it begins, those with others inside before these. Parts lie within
 * one another or apart. A text has one part only: a section that holds nothing but one example is that example, and
 * goes with its heading. What is all of the prompt is no part, since a prompt cannot be empty.
 */
export function promptParts(system: string, names: LabelNames): PromptPart[] {
  const placed = flatten(partTree(system, names).map(merged), null)
    .map((each) => ({ ...each, cut: cutOf(system, each.node) }))
    .filter(({ cut }) => !isBlank(system.slice(0, cut.start)) || !isBlank(system.slice(cut.end)));
  const taken = uniqueNames(placed);
  const lineAt = lineCounter(system);
  return placed.map(({ node: { kind, start, end }, cut }, index) => ({
    ...{ name: taken[index] ?? '', kind, start, end, cut },
    lines: { first: lineAt(start), last: lineAt(end - (system[end - 1] === '\n' ? 1 : 0)) },
  }));
}

/** The text without a part. Numbers of steps stay as they are: other parts refer to them. */
export function withoutPart(system: string, { cut }: Pick<PromptPart, 'cut'>): string {
  return system.slice(0, cut.start) + system.slice(cut.end);
}

/** Whether a part is all or some of another. */
export function isWithin(part: Span, other: Span): boolean {
  return part !== other && part.start >= other.start && part.end <= other.end;
}

/** A node whose only text is that of one part becomes one with it, under the more telling of their kinds. */
function merged(node: PartNode): PartNode {
  const children = node.children.map(merged);
  const [only, ...more] = children;
  if (!node.isFrame || only === undefined || more.length > 0) return { ...node, children };
  const isTelling = PART_KINDS.indexOf(only.kind) < PART_KINDS.indexOf(node.kind);
  const { kind, words } = isTelling ? only : node;
  return { ...node, kind, words, children: only.children };
}

interface Placed {
  node: PartNode;
  section: string | null;
}

function flatten(nodes: readonly PartNode[], section: string | null): Placed[] {
  return nodes.flatMap((node) => {
    const inside = node.kind === 'section' ? node.words : section;
    return [{ node, section }, ...flatten(node.children, inside)];
  });
}

/** Names that are doubled say in which section they are; those still doubled are numbered. */
function uniqueNames(placed: readonly Placed[]): string[] {
  const short = placed.map(({ node: { kind, words } }) =>
    [kind, words].filter((word) => word !== '').join(' '),
  );
  const counts = Map.groupBy(short, (name) => name);
  const isDoubled = (name: string) => (counts.get(name)?.length ?? 0) > 1;
  const long = placed.map(({ section }, index) => {
    const name = short[index] ?? '';
    return section !== null && isDoubled(name) ? `${name} in ${section}` : name;
  });
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return long.map((name) => {
    let unique = name;
    let number = next.get(name.toLowerCase()) ?? 2;
    for (; taken.has(unique.toLowerCase()); number += 1) unique = `${name} (${number})`;
    next.set(name.toLowerCase(), number);
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** Takes blank lines along, so that no more of them stand together than before, and none at an end of the text. */
function cutOf(text: string, { start, end }: Span): Span {
  const before = blankLinesAtEnd(text.slice(0, start));
  const after = /^(?:[^\S\n]*\n)*/.exec(text.slice(end))?.[0] ?? '';
  const isWholeLines = before !== null && (text[end - 1] === '\n' || end === text.length);
  if (!isWholeLines) return { start, end };
  const rest = text.slice(end);
  if (isBlank(text.slice(0, start))) return { start: 0, end: text.length - rest.trimStart().length };
  if (isBlank(rest)) return { start: text.slice(0, start).trimEnd().length, end: text.length };
  const surplus = after.split('\n').slice(0, Math.min(linesIn(before), linesIn(after)));
  return { start, end: end + surplus.reduce((length, line) => length + line.length + 1, 0) };
}

/** The blank lines that a text ends with; null where its last line has no end. */
function blankLinesAtEnd(text: string): string | null {
  if (text !== '' && !text.endsWith('\n')) return null;
  const said = text.trimEnd();
  return said === '' ? text : text.slice(text.indexOf('\n', said.length) + 1);
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function linesIn(blank: string): number {
  return blank.split('\n').length - 1;
}

/** Tells the 1-based line of an offset. */
function lineCounter(text: string): (offset: number) => number {
  const lines = new Uint32Array(text.length + 1);
  let line = 1;
  for (let offset = 0; offset <= text.length; offset += 1) {
    lines[offset] = line;
    if (text[offset] === '\n') line += 1;
  }
  return (offset) => lines[offset] ?? line;
}
