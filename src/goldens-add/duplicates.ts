import { conversationText } from '../duplicates/conversation-text.ts';
import { NearDuplicates } from '../duplicates/near-duplicates.ts';
import type { Problem } from '../errors/problem.ts';
import type { Conversation, Message } from '../schema/conversation.ts';
import type { Candidate } from './candidate.ts';

/**
 * Splits candidates into those that are new, and those that repeat a golden or a candidate before them. Identical
 * messages are never new; nearly the same text (`src/duplicates`) is so only where it is allowed.
 */
export function withoutDuplicates(
  goldens: Iterable<Pick<Conversation, 'id' | 'messages'>>,
  candidates: readonly Candidate[],
  { allowNear }: { allowNear: boolean },
): { fresh: Candidate[]; problems: Problem[] } {
  const identical = new Map<string, string>();
  const near = new NearDuplicates({ limit: 1 });
  const remember = (name: string, messages: readonly Message[]) => {
    identical.set(exactKey(messages), name);
    if (!allowNear) near.add(name, conversationText({ messages }));
  };
  for (const { id, messages } of goldens) remember(`the golden ${id}`, messages);
  const fresh: Candidate[] = [];
  const problems: Problem[] = [];
  for (const candidate of candidates) {
    const { file, line, messages } = candidate;
    const refuse = (what: string, mend: string) => problems.push({ file, line, id: null, what, mend });
    const same = identical.get(exactKey(messages));
    const [like] = same === undefined && !allowNear ? near.of(conversationText({ messages })) : [];
    if (same !== undefined) refuse(`says the same as ${same}`, 'Leave it out: --skip-bad does');
    else if (like !== undefined) {
      const share = like.isIdentical
        ? 'but for case and white space'
        : `(similarity ${(Math.floor(like.similarity * 100) / 100).toFixed(2)})`;
      refuse(`says nearly the same as ${like.key} ${share}`, 'Leave it out, or allow it with --allow-near');
    } else {
      fresh.push(candidate);
      remember(`${file}:${line}`, messages);
    }
  }
  return { fresh, problems };
}

function exactKey(messages: readonly Message[]): string {
  return JSON.stringify(messages.map(({ role, content }) => [role, content]));
}
