import type { Flip } from '../../compare/flips.ts';
import type { GuardedJudgement } from '../../goalposts/judge-guarded.ts';
import type { Block } from './fit-blocks.ts';
import { inertBlock, inertCode } from './inert-markdown.ts';
import { folded, markdownTable } from './markdown-table.ts';

/** Flips of a field that are open; the rest is folded. */
const OPEN = 15;
/** Flips in one folded list. */
const FOLDED = 50;
/** Longest text of one conversation, in characters. */
const TEXT_LENGTH = 6_000;

/** The cases that broke or were fixed, field by field, by id and label. */
export function flipBlocks({ assessment: { comparison } }: GuardedJudgement): Block[] {
  if (comparison === null) return [];
  return Object.entries(comparison.flips).flatMap(([field, flips]): Block[] => {
    if (flips.length === 0) return [];
    const broken = flips.filter(({ change }) => change === 'broken').length;
    const heading = `${inertCode(field)}: ${broken} broken, ${flips.length - broken} fixed`;
    const open: Block = { kind: 'flips', markdown: `${heading}\n\n${flipTable(flips.slice(0, OPEN))}` };
    const rest = chunks(flips.slice(OPEN), FOLDED).map((chunk): Block => {
      const summary = `${chunk.length} more of ${inertCode(field)}`;
      return { kind: 'more flips', markdown: folded(summary, flipTable(chunk)) };
    });
    return [open, ...rest];
  });
}

/** The text of the conversations that flipped, each once and folded, broken ones first. */
export function textBlocks(
  { assessment: { comparison } }: GuardedJudgement,
  textOf: (conversationId: string) => string | null,
): Block[] {
  const flips = Object.values(comparison?.flips ?? {}).flat();
  const broken = flips.filter(({ change }) => change === 'broken');
  const conversationOf = new Map(comparison?.pairs.map(({ now }) => [now.id, now.conversation]));
  const ids = new Set([...broken, ...flips].map(({ id }) => conversationOf.get(id) ?? id));
  return [...ids].flatMap((id): Block[] => {
    const text = textOf(id);
    if (text === null) return [];
    return [{ kind: 'text', markdown: folded(`Text of ${inertCode(id)}`, inertBlock(text, TEXT_LENGTH)) }];
  });
}

function flipTable(flips: readonly Flip[]): string {
  const rows = flips.map(({ id, change, expected, before, now }) => [
    change,
    ...[id, expected, before, now].map((cell) => inertCode(cell)),
  ]);
  return markdownTable(['', 'case', 'expected', 'before', 'now'], rows);
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
