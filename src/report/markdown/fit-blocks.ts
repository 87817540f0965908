/** What a part of the report is, in the order in which parts are kept when there is no room for all. */
const KINDS = {
  title: ['title', 'titles'],
  verdict: ['verdict', 'verdicts'],
  table: ['table of rules and metrics', 'tables of rules and metrics'],
  goalposts: ['list of moved goalposts', 'lists of moved goalposts'],
  flips: ['list of flips', 'lists of flips'],
  'more flips': ['list of further flips', 'lists of further flips'],
  matrix: ['confusion matrix', 'confusion matrices'],
  text: ['text of a conversation', 'texts of conversations'],
} as const;

type BlockKind = keyof typeof KINDS;

/** A part of the report that is shown whole or not at all. */
export interface Block {
  kind: BlockKind;
  markdown: string;
}

const ORDER = Object.keys(KINDS);
/** Room for the sentence that says what was left out; with every kind and large numbers it is shorter. */
const NOTICE_ROOM = 500;

/**
 * Joins blocks in their order, in at most `maximum` UTF-16 characters. Where they do not fit, those of the least
 * important kinds are left out, and a sentence after the verdicts says how many of what.
 *
 * @throws RangeError where `maximum` is below 1,000, which is too little for any report
 */
export function fitBlocks(blocks: readonly Block[], maximum: number): string {
  if (!(maximum >= 1_000)) throw new RangeError(`a report needs 1,000 characters, not ${maximum}`);
  const whole = joined(blocks);
  if (whole.length <= maximum) return whole;
  const kept = new Set<Block>();
  let room = maximum - NOTICE_ROOM;
  for (const block of blocks.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))) {
    const size = block.markdown.length + 2;
    if (size > room) continue;
    room -= size;
    kept.add(block);
  }
  const shown = blocks.filter((block) => kept.has(block));
  const left = blocks.filter((block) => !kept.has(block));
  const afterVerdicts = shown.findLastIndex(({ kind }) => kind === 'verdict' || kind === 'title') + 1;
  return joined(shown.toSpliced(afterVerdicts, 0, { kind: 'title', markdown: notice(left, maximum) }));
}

function notice(left: readonly Block[], maximum: number): string {
  const counts = Object.entries(KINDS).flatMap(([kind, [one, many]]) => {
    const count = left.filter((block) => block.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return `_Left out to stay within ${maximum.toLocaleString('en')} characters: ${counts.join(', ')}._`;
}

/** Verdicts make one list; everything else is a paragraph of its own. */
function joined(blocks: readonly Block[]): string {
  const parts = blocks.map(({ kind, markdown }, index) => {
    const next = blocks[index + 1]?.kind;
    return markdown + (next === undefined || (kind === 'verdict' && next === kind) ? '\n' : '\n\n');
  });
  return parts.join('');
}
