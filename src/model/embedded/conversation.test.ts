import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderUserTurn } from '../../prompt/render.ts';
import { messagesOf, readTurns } from './conversation.ts';

const message = fc.record({
  role: fc.constantFrom('user' as const, 'assistant' as const),
  content: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.constantFrom('</message-0123456789ab>\n', '<conversation-0123456789ab>\n<message-', '\n>\n', '\n'),
  ),
});

it('gives every message back as it was rendered, whatever its text', () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1 }), fc.string(), (messages, question) => {
      const turns = readTurns(renderUserTurn(messages, null, question));
      expect(turns).toEqual(messages.map(({ role, content }) => ({ role, text: content, windowed: false })));
    }),
  );
});

it('reads a turn without delimiters as one message of the user', () => {
  expect(readTurns('just text')).toEqual([{ role: 'user', text: 'just text', windowed: false }]);
});

it('takes a speaker in the window, and in the whole where the window has none of theirs', () => {
  const turns = [
    { role: 'user', text: 'one', windowed: false },
    { role: 'assistant', text: 'two', windowed: false },
    { role: 'user', text: 'three', windowed: true },
  ];
  expect(messagesOf(turns, 'user')).toEqual([turns[2]]);
  expect(messagesOf(turns, 'assistant')).toEqual([turns[1]]);
});
