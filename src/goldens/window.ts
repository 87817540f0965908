import type { Conversation } from '../schema/conversation.ts';
import type { Window } from '../schema/field.ts';
import type { Task } from '../task/task.ts';

/**
 * 0-based indexes, ascending, of the user messages in a window: the first or the last `messages` of them, or
 * all where there are fewer. Null where the conversation has fewer than `at_least` user messages, for then
 * the window does not apply.
 *
 * @example windowMessages(conversation, { take: 'last', messages: 3, at_least: 6 }) // [6, 8, 10]
 */
export function windowMessages(
  conversation: Pick<Conversation, 'messages'>,
  window: Window,
): number[] | null {
  const indexes = conversation.messages.flatMap(({ role }, index) => (role === 'user' ? [index] : []));
  if (indexes.length < (window.at_least ?? 1)) return null;
  return window.take === 'first' ? indexes.slice(0, window.messages) : indexes.slice(-window.messages);
}

/** What of a conversation is labelled in a task: itself (null), or each window that applies to it, by name. */
export function casesOf(
  { windows }: Pick<Task, 'windows'>,
  conversation: Pick<Conversation, 'messages'>,
): (string | null)[] {
  if (windows === null) return [null];
  return Object.entries(windows).flatMap(([name, window]) =>
    windowMessages(conversation, window) === null ? [] : [name],
  );
}
