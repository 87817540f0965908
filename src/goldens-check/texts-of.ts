import { conversationText } from '../duplicates/conversation-text.ts';
import { streamConversations } from './stream-conversations.ts';

/** The texts of some conversations of a file, read once more, so that the others need not be kept. */
export async function textsOf(file: string, ids: ReadonlySet<string>): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  if (ids.size === 0) return texts;
  for await (const batch of streamConversations(file, file, { problems: [], lines: new Map() })) {
    for (const conversation of batch)
      if (ids.has(conversation.id)) texts.set(conversation.id, conversationText(conversation));
  }
  return texts;
}
