import { conversationText } from '../duplicates/conversation-text.ts';
import { NearDuplicates } from '../duplicates/near-duplicates.ts';
import type { Conversation } from '../schema/conversation.ts';
import type { DuplicateFinding } from './finding.ts';

/** Most pairs listed of one conversation, so that a thousand variants of a text do not make a million pairs. */
const MOST_PAIRS = 10;

/** A pair before the labels are read. */
export interface DuplicatePair {
  ids: [string, string];
  similarity: number;
  isIdentical: boolean;
  sameFamily: boolean;
}

/** Finds near-duplicates among conversations that are given one after the other. */
export class PairFinder {
  readonly pairs: DuplicatePair[] = [];
  readonly #texts: NearDuplicates;
  readonly #families = new Map<string, string>();

  /** @param threshold least similarity, over 0 up to 1 */
  constructor(threshold: number) {
    this.#texts = new NearDuplicates({ threshold, limit: MOST_PAIRS });
  }

  add(conversation: Conversation): void {
    const { id, family } = conversation;
    const found = this.#texts.addAndFind(id, conversationText(conversation));
    // Of copies the first is named; that they are copies of each other follows.
    const copies = found.filter(({ isIdentical }) => isIdentical).slice(0, 1);
    for (const { key, similarity, isIdentical } of [
      ...copies,
      ...found.filter((each) => !each.isIdentical),
    ]) {
      const sameFamily = this.#families.get(key) === family;
      if (isIdentical || !sameFamily)
        this.pairs.push({ ids: [key, id], similarity, isIdentical, sameFamily });
    }
    this.#families.set(id, family);
  }
}

/**
 * What a pair means: the same text is an error across families, or where its labels differ; within a family it is a
 * warning, as is a text that is nearly the same across families. Near-duplicates within a family are meant.
 *
 * @param differ where the labels of the two differ
 */
export function duplicateFinding(pair: DuplicatePair, differ: string[]): DuplicateFinding {
  const { ids, similarity, isIdentical, sameFamily } = pair;
  return {
    section: 'duplicates',
    severity: isIdentical && (!sameFamily || differ.length > 0) ? 'error' : 'warning',
    kind: isIdentical ? 'identical' : 'near',
    ids,
    sameFamily,
    similarity,
    differ,
  };
}
