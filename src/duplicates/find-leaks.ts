import { foldedText } from './folded-text.ts';
import { containment } from './resemblance.ts';
import { shinglesInOrder, shinglesOf, shinglesOfFolded } from './shingles.ts';

/** A piece of a prompt: an example, a paragraph, or all of it. */
export interface Passage {
  /** What the finding calls it: `prompts/affective.md:42`. */
  where: string;
  text: string;
}

/** A golden of which a passage repeats a good part. */
export interface Leak {
  where: string;
  id: string;
  /** Which of the golden's messages, from 0 on. */
  message: number;
  /** Share of the shorter one's shingles that the longer one has, from 0 to 1. */
  contained: number;
  /** What is repeated: the message in the passage, or the passage in the message. */
  repeats: 'message' | 'passage';
}

/** From this share on a text counts as repeated: a word may be changed here and there. */
const REPEATED = 0.8;
/** Shingles of the shorter text, at least: under about ten words two texts may well agree by chance. */
const LEAST_SHINGLES = 8;

/** A power of two, far more than prompts have shingles. */
const MARKS = 2 ** 20;

/**
 * Goldens that leaked into a prompt: messages that a passage holds (nearly) word for word, and passages that
 * a message holds. A model that was shown the case is not measured by it. Both of at least ten words; a message
 * of fewer is found nowhere, since `thanks` is in any prompt.
 *
 * @param goldens read once, one after the other, so that they need not all be in memory
 * @returns in the order of the goldens, then of the passages
 */
export function findLeaks(
  passages: readonly Passage[],
  goldens: Iterable<{ id: string; messages: readonly { content: string }[] }>,
): Leak[] {
  const finder = new LeakFinder(passages);
  return Array.from(goldens).flatMap((golden) => finder.leaksOf(golden));
}

/** `findLeaks` for goldens that come one by one. */
export class LeakFinder {
  readonly #passages: { where: string; shingles: Uint32Array }[];
  /** Marks of all shingles of all passages: most messages share too few with these to look further. */
  readonly #marks = new Uint8Array(MARKS);

  constructor(passages: readonly Passage[]) {
    this.#passages = passages
      .map(({ where, text }) => ({ where, shingles: shinglesOf(text) }))
      .filter(({ shingles }) => shingles.length >= LEAST_SHINGLES);
    for (const { shingles } of this.#passages)
      for (const shingle of shingles) this.#marks[shingle % MARKS] = 1;
  }

  leaksOf({ id, messages }: { id: string; messages: readonly { content: string }[] }): Leak[] {
    return messages.flatMap(({ content }, message) => {
      const folded = foldedText(content);
      if (!this.#mayShareEnough(folded)) return [];
      const shingles = shinglesOfFolded(folded);
      if (shingles.length < LEAST_SHINGLES) return [];
      return this.#passages.flatMap(({ where, shingles: passage }): Leak[] => {
        const repeats = shingles.length <= passage.length ? 'message' : 'passage';
        const [shorter, longer] = repeats === 'message' ? [shingles, passage] : [passage, shingles];
        const contained = containment(shorter, longer);
        return contained < REPEATED ? [] : [{ where, id, message, contained, repeats }];
      });
    });
  }

  /** False only where the least that a leak shares is not shared. */
  #mayShareEnough(folded: string): boolean {
    const shingles = shinglesInOrder(folded);
    let shared = 0;
    for (let at = 0; at < shingles.length; at += 1) shared += this.#marks[(shingles[at] ?? 0) % MARKS] ?? 0;
    return shared >= LEAST_SHINGLES * REPEATED;
  }
}
