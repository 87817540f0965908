import { hash } from 'node:crypto';
import type { Message } from '../schema/conversation.ts';

/** The labelled part of a conversation: 0-based indexes of its user messages, ascending. */
export interface RenderedWindow {
  name: string;
  messages: readonly number[];
}

/**
 * The user turn: the conversation, numbered and with roles, then the question.
 *
 * Text stands between its delimiters byte for byte. The delimiters carry a token derived from the
 * conversation that occurs nowhere in it, so no text can close its message or open another. A window
 * is marked on its user messages, and the conversation is shown up to the window's last one.
 */
export function renderUserTurn(
  messages: readonly Message[],
  window: RenderedWindow | null,
  question: string,
): string {
  const shown = window === null ? messages : messages.slice(0, (window.messages.at(-1) ?? -1) + 1);
  const token = delimiterToken(shown);
  const parts = shown.map(({ role, content }, index) => {
    const marked = window?.messages.includes(index) === true ? ` window="${window.name}"` : '';
    return `<message-${token} number="${index + 1}" role="${role}"${marked}>\n${content}\n</message-${token}>\n`;
  });
  const asked = question.replaceAll('{window}', window?.name ?? '').trim();
  return `<conversation-${token}>\n${parts.join('')}</conversation-${token}>\n\n${asked}`;
}

/** 12 hex digits that no message contains. */
function delimiterToken(messages: readonly Message[]): string {
  const contents = messages.map(({ content }) => content);
  const all = JSON.stringify(contents);
  for (let salt = 0; ; salt += 1) {
    const token = hash('sha256', `[${salt},${all}]`).slice(0, 12);
    if (!contents.some((content) => content.includes(token))) return token;
  }
}
