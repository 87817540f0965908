import type { Message } from '../schema/conversation.ts';
import type { Answer } from '../schema/run-record.ts';
import type { Study } from '../schema/study.ts';

/** Why a conversation left the funnel. */
export type Left = 'dropped' | 'not kept' | 'short' | 'no answer';

export function countHuman(messages: readonly Message[]): number {
  return messages.reduce((count, { role }) => count + (role === 'user' ? 1 : 0), 0);
}

/** Whether a conversation stays after the first question: null, or why not. */
export function leaves(
  { select }: Pick<Study, 'select'>,
  answer: Answer,
  humanMessages: number,
): Left | null {
  if (answer.status !== 'answered') return 'no answer';
  const label = String(answer.label[select.field]);
  if (select.drop.includes(label)) return 'dropped';
  if (!select.keep.includes(label)) return 'not kept';
  return humanMessages < (select.at_least?.[label] ?? 1) ? 'short' : null;
}
