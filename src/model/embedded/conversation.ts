/** One message as a prompt shows it. */
export interface Turn {
  role: string;
  text: string;
  /** Whether the message carries a `window` attribute: the fields are then about such messages. */
  windowed: boolean;
}

/** Whose messages a field is judged from. */
export type Speaker = 'user' | 'assistant' | 'both';

const OPENING = /<conversation-([0-9a-f]{12})>\n/;

/**
 * The messages of a rendered user turn. Only delimiters with the token of the first conversation tag
 * count, so tags typed inside a message stay text. A turn without such tags is one user message.
 * Takes time proportional to the turn's length.
 */
export function readTurns(user: string): Turn[] {
  const opening = OPENING.exec(user);
  if (opening?.[1] === undefined) return [{ role: 'user', text: user, windowed: false }];
  const start = `<message-${opening[1]} `;
  const end = `\n</message-${opening[1]}>`;
  const turns: Turn[] = [];
  let from = user.indexOf(start, opening.index);
  while (from !== -1) {
    const head = user.indexOf('>\n', from);
    const close = head === -1 ? -1 : user.indexOf(end, head + 1);
    if (close === -1) break;
    turns.push(turn(user.slice(from + start.length, head), user.slice(head + 2, close)));
    from = user.indexOf(start, close + end.length);
  }
  return turns;
}

/** A message from the attributes of its tag, such as `number="1" role="user" window="opening"`. */
export function turn(attributes: string, text: string): Turn {
  return {
    role: /\brole="([^"]*)"/.exec(attributes)?.[1] ?? 'user',
    text,
    windowed: /\bwindow="/.test(attributes),
  };
}

/** A speaker's messages, in the window where one is marked on any of them. */
export function messagesOf(turns: readonly Turn[], speaker: Speaker): Turn[] {
  const spoken = turns.filter(({ role }) => speaker === 'both' || role === speaker);
  const windowed = spoken.filter((message) => message.windowed);
  return windowed.length > 0 ? windowed : spoken;
}
