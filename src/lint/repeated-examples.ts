import { conversationText } from '../duplicates/conversation-text.ts';
import { LeakFinder } from '../duplicates/find-leaks.ts';
import type { LintSubject } from './lint-subject.ts';

/** An example and a golden of which one repeats the other, or a message of it. */
export interface RepeatedExample {
  /** Where the example begins in the prompt's file. */
  from: number;
  id: string;
  /** 1-based message of the golden; null where it is the whole conversation. */
  message: number | null;
  /** Share of the shorter one's shingles that the longer one has, 0.8 … 1. */
  contained: number;
}

/**
 * Compares each example, and each of its messages, with each golden and each of its messages. Of an example and
 * a golden the closest match is given, the whole conversation first; in the order of the goldens.
 */
export function repeatedExamples({
  source,
  conversations,
}: Pick<LintSubject, 'source' | 'conversations'>): RepeatedExample[] {
  const finder = new LeakFinder(
    source.examples.flatMap(({ example, from }) => {
      const messages = example?.turns.map(({ text }) => text) ?? [];
      return [messages.join('\n\n'), ...messages].map((text) => ({ where: String(from), text }));
    }),
  );
  return conversations.flatMap(({ id, messages }) => {
    const texts = [{ content: conversationText({ messages }) }, ...messages];
    const leaks = finder.leaksOf({ id, messages: texts });
    return [...Map.groupBy(leaks, ({ where }) => where).values()].map((ofExample) => {
      const closest = ofExample.reduce((best, each) => (each.contained > best.contained ? each : best));
      const { where, message, contained } = closest;
      return { from: Number(where), id, message: message === 0 ? null : message, contained };
    });
  });
}

/** ` and 3 more` after the golden that is named; nothing where it is the only one. */
export function andOthers(count: number): string {
  return count === 0 ? '' : ` and ${count.toLocaleString('en')} more`;
}
