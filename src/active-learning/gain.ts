import { conversationText } from '../duplicates/conversation-text.ts';
import { shinglesOf } from '../duplicates/shingles.ts';
import { lengthClass } from '../goldens-check/length-class.ts';
import { plural } from '../score/metric-text.ts';
import { type Predicted, predictedClasses, type Split, splitsOf } from './prediction.ts';
import type { PooledConversation } from './read-pool.ts';

/** A conversation that could be chosen, and what runs predict of it. */
export interface Candidate {
  conversation: PooledConversation;
  /** A suite each, or a window of it. */
  predicted: readonly Predicted[];
}

/** How many there are of a class (`class affective.primary: roleplay`), of a length or a language. */
export interface CellCounts {
  inGoldens(cell: string): number;
  inBatch(cell: string): number;
}

/** What of a candidate counts. */
export interface Traits {
  conversation: PooledConversation;
  /** Predicted, by suite. */
  classes: string[][];
  /** Its length class, and its language where the record says it. */
  slices: string[];
  /** The split with the largest entropy of each suite that has one. */
  splits: Split[];
  /** From 0 to 1. */
  disagreement: number;
  shingles: Uint32Array;
  /** Largest similarity to one that was chosen before. */
  likeness: number;
}

/** With so many goldens a cell is half as wanted as an empty one; with fewer it is too thin to say anything. */
const HALF = 10;
/** A part of the gain is told where it is at least this share of it. */
const TOLD = 0.2;

export function traitsOf({ conversation, predicted }: Candidate): Traits {
  const suites = [...Map.groupBy(predicted, ({ suite }) => suite).values()];
  const splits = suites.map((some) => some.flatMap(splitsOf).sort((a, b) => b.entropy - a.entropy));
  const { lang } = conversation;
  return {
    conversation,
    classes: suites.map((some) =>
      [...new Set(some.flatMap(predictedClasses))].map((name) => `class ${name}`),
    ),
    slices: [`length ${lengthClass(conversation)}`, ...(lang === null ? [] : [`lang ${lang}`])],
    splits: splits.flatMap(([first]) => first ?? []).sort((a, b) => b.entropy - a.entropy),
    disagreement: mean(splits.map(([first]) => first?.entropy ?? 0)),
    shingles: shinglesOf(conversationText(conversation)),
    likeness: 0,
  };
}

/** What a candidate adds, from 0 to 3: as `chooseBatch` says. */
export function gainOf(traits: Traits, counts: CellCounts): number {
  const thinness = wanted(rarest(traits.slices, counts), counts);
  return (rarityOf(traits, counts) + traits.disagreement + thinness) * (1 - traits.likeness);
}

/** Why a candidate adds something, in words, what counts most first. */
export function whyOf(traits: Traits, counts: CellCounts): string {
  const [rare, thin] = [rarest(traits.classes.flat(), counts), rarest(traits.slices, counts)];
  const [split] = traits.splits;
  const parts = [
    { value: rarityOf(traits, counts), text: () => `predicted ${tell(rare, 'label', counts)}` },
    {
      value: traits.disagreement,
      text: () => `runs differ on ${split === undefined ? '' : splitText(split)}`,
    },
    { value: wanted(thin, counts), text: () => tell(thin, 'golden', counts) },
  ].sort((a, b) => b.value - a.value);
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  const told = parts.filter(({ value }) => value > 0 && value >= TOLD * total);
  return told.length === 0 ? 'as good as any' : told.map(({ text }) => text()).join('; ');
}

function rarityOf({ classes }: Traits, counts: CellCounts): number {
  return mean(classes.map((some) => wanted(rarest(some, counts), counts)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The cell with the fewest, the first of several; null where there is none. */
function rarest(cells: readonly string[], { inGoldens, inBatch }: CellCounts): string | null {
  const count = (cell: string) => inGoldens(cell) + inBatch(cell);
  return cells.reduce<string | null>(
    (least, cell) => (least === null || count(cell) < count(least) ? cell : least),
    null,
  );
}

/** From 1 for an empty cell towards 0 for a full one. */
function wanted(cell: string | null, { inGoldens, inBatch }: CellCounts): number {
  return cell === null ? 0 : 1 / (1 + (inGoldens(cell) + inBatch(cell)) / HALF);
}

/** `affective.primary: roleplay (3 labels, 2 in this batch)`, `length 6-50 (12 goldens)`. */
function tell(cell: string | null, noun: string, { inGoldens, inBatch }: CellCounts): string {
  if (cell === null) return '';
  const before = inBatch(cell) === 0 ? '' : `, ${inBatch(cell)} in this batch`;
  return `${cell.replace(/^class /, '')} (${plural(inGoldens(cell), noun)}${before})`;
}

/** `affective.primary: coaching 2, other 1`. */
function splitText({ name, said }: Split): string {
  return `${name} (${said.map(({ value, count }) => `${value} ${count}`).join(', ')})`;
}
