import type { LeakFinder } from '../duplicates/find-leaks.ts';
import type { Conversation } from '../schema/conversation.ts';
import type { LeakFinding } from './finding.ts';

/** Where the prompts repeat a conversation: each message once a file, at the passage that has most of it. */
export function leakFindings(
  finder: LeakFinder,
  conversation: Conversation,
  withText: boolean,
): LeakFinding[] {
  const best = new Map<string, LeakFinding>();
  for (const { where, id, message, contained } of finder.leaksOf(conversation)) {
    const key = JSON.stringify([fileOf(where), message]);
    const known = best.get(key);
    // A paragraph tells more than the file that it stands in.
    if (known !== undefined && known.contained >= contained && known.where !== fileOf(where)) continue;
    const text = withText ? { text: conversation.messages[message]?.content ?? '' } : {};
    best.set(key, { section: 'leaks', severity: 'error', where, id, message, contained, ...text });
  }
  return [...best.values()];
}

function fileOf(where: string): string {
  return where.replace(/:\d+$/, '');
}
