import { conversationText } from '../duplicates/conversation-text.ts';
import { NearDuplicates } from '../duplicates/near-duplicates.ts';
import type { Conversation } from '../schema/conversation.ts';
import type { PooledConversation } from './read-pool.ts';

/** Conversations of a pool that say something new, and how many do not. */
export interface Fresh {
  conversations: PooledConversation[];
  /** Nearly the same text as a golden. */
  likeGolden: number;
  /** Nearly the same text as one before, or its id. */
  likeOther: number;
}

/** Leaves out what the goldens have already, or nearly, and what repeats another of the pool. */
export function freshConversations(
  pool: readonly PooledConversation[],
  goldens: Iterable<Pick<Conversation, 'id' | 'messages'>>,
): Fresh {
  const known = new NearDuplicates({ limit: 1 });
  for (const golden of goldens) known.add(golden.id, conversationText(golden));
  const others = new NearDuplicates({ limit: 1 });
  const ids = new Set<string>();
  const found: Fresh = { conversations: [], likeGolden: 0, likeOther: 0 };
  for (const conversation of pool) {
    const text = conversationText(conversation);
    if (known.of(text).length > 0) found.likeGolden += 1;
    else if (ids.has(conversation.id) || others.of(text).length > 0) found.likeOther += 1;
    else {
      ids.add(conversation.id);
      others.add(conversation.id, text);
      found.conversations.push(conversation);
    }
  }
  return found;
}
