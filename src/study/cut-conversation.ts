import type { Message } from '../schema/conversation.ts';

/** Stands where text was left out. */
const GAP = '[…]';

/** A conversation that is short enough to be read. */
export interface CutConversation {
  messages: Message[];
  isCut: boolean;
  /** Where one of all messages stands among those that are left, 0-based; null where it was left out. */
  placeOf(index: number): number | null;
}

/**
 * Cuts a conversation that is longer than a model can read: whole messages are kept from its beginning and from its
 * end, each within half of `longest`, and what lies between is left out, its place marked in the last message of the
 * beginning. Of a first or last message that is too long by itself, its first or last characters are kept.
 *
 * @param longest UTF-16 characters of all messages together
 * @returns the messages as they are where they are short enough
 */
export function cutConversation(messages: Message[], longest: number): CutConversation {
  const total = messages.reduce((sum, { content }) => sum + content.length, 0);
  if (total <= longest) return { messages, isCut: false, placeOf: (index) => index };
  const half = Math.floor((longest - GAP.length - 1) / 2);
  const start = fitting(messages, half, (content) => wellFormed(content.slice(0, half)));
  const left = messages.slice(start.length);
  const end = fitting(left.toReversed(), half, (content) => wellFormed(content.slice(-half))).reverse();
  const last = start.at(-1);
  const marked = last === undefined ? [] : [{ ...last, content: `${last.content}\n${GAP}` }];
  const leftOut = left.length - end.length;
  return {
    messages: [...start.slice(0, -1), ...marked, ...end],
    isCut: true,
    placeOf: (index) => {
      if (index < start.length) return index;
      return index < start.length + leftOut ? null : index - leftOut;
    },
  };
}

/** Messages from the first on that fit; at least one, shortened where it must be. */
function fitting(
  messages: readonly Message[],
  room: number,
  shorten: (content: string) => string,
): Message[] {
  const kept: Message[] = [];
  let left = room;
  for (const message of messages) {
    if (message.content.length > left) break;
    left -= message.content.length;
    kept.push(message);
  }
  const [first] = messages;
  return kept.length > 0 || first === undefined ? kept : [{ ...first, content: shorten(first.content) }];
}

/** A pair of surrogates that was cut in two is replaced. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}
