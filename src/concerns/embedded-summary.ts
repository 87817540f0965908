import { stem } from '../model/embedded/stem.ts';
import { tokens } from '../model/embedded/tokens.ts';
import type { Message } from '../schema/conversation.ts';
import { CONCERN_WORDS } from './concern-words.ts';

const MATTER_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(CONCERN_WORDS).flatMap(([matter, words]) =>
    words.map((word): [string, string] => [stem(word), matter]),
  ),
);

/**
 * What the offline model has in place of a summary, since it matches words and cannot write: the one or two
 * ordinary matters that the person's messages name most often, of a fixed English list. It is a stand-in that lets
 * a study be tried without a model, and no measurement: it understands nothing, and no language but English. As it
 * is made of the list alone, nothing of the conversation's text can be in it.
 *
 * @returns null where the person names none of the matters
 *
 * @example
 * embeddedSummary([{ role: 'user', content: 'My boss shouts at me and I lie awake at night' }]); // about work and sleep
 */
export function embeddedSummary(messages: readonly Message[]): string | null {
  const named = new Map<string, number>();
  for (const { role, content } of messages) {
    if (role !== 'user') continue;
    for (const token of tokens(content)) {
      const matter = MATTER_OF.get(stem(token.replace(/'s$/, '')));
      if (matter !== undefined) named.set(matter, (named.get(matter) ?? 0) + 1);
    }
  }
  const most = [...named].sort(([, a], [, b]) => b - a).slice(0, 2);
  return most.length === 0 ? null : `about ${most.map(([matter]) => matter).join(' and ')}`;
}
