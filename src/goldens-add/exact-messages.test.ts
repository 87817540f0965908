import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../corpus/read-record.ts';
import { exactMessages } from './exact-messages.ts';

const user = { role: 'user', content: 'hi' };

function read(record: unknown, mergeTurns = false) {
  const body = bodyOf(record, null);
  if (body === null) throw new Error('no conversation');
  return exactMessages(body, null, { mergeTurns });
}

describe('the messages of a record', () => {
  it('stand as they are written: white space, controls and lone surrogates', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 }).filter((each) => /\S/.test(each));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (pairs) => {
        const messages = pairs.flatMap(([said, answered]) => [
          { role: 'user', content: `${said}\ud800` },
          { role: 'assistant', content: answered },
        ]);
        expect(read({ messages })).toMatchObject({ kind: 'messages', messages });
      }),
    );
  });

  it('of a transcript keep all but the space after the colon and the empty line between', () => {
    const transcript = '\n\nHuman:  two spaces \n\nAssistant: a\n\nb\n\nHuman: end\n';
    expect(read({ transcript })).toMatchObject({
      messages: [
        { role: 'user', content: ' two spaces ' },
        { role: 'assistant', content: 'a\n\nb' },
        { role: 'user', content: 'end\n' },
      ],
      leftOut: 0,
    });
  });

  it('leave out system, tools and calls of tools, and count them', () => {
    const call = { type: 'tool_use', name: 'look' };
    const messages = [
      { role: 'system', content: 'be kind' },
      user,
      { role: 'assistant', content: null, tool_calls: [{}] },
      { role: 'tool', content: '4' },
      { role: 'assistant', content: [{ type: 'text', text: 'four' }, call] },
    ];
    expect(read({ messages })).toMatchObject({
      leftOut: 4,
      messages: [user, { role: 'assistant', content: 'four' }],
    });
  });

  it('of one role in a row are joined where so asked', () => {
    const joined = { messages: [{ role: 'user', content: 'hi\n\nhi' }], merged: 1 };
    expect(read([user, user], true)).toMatchObject(joined);
  });

  it.each([
    ['an empty message', [user, { role: 'assistant', content: '' }], 'message 2 is empty'],
    ['a message of blanks', [{ role: 'user', content: ' \n\u3000' }], 'message 1 is empty'],
    ['an assistant who begins', [{ role: 'assistant', content: 'x' }, user], "message 1 is the assistant's"],
    ['a user twice in turn', [user, user], "message 2 is the user's, like the one before it"],
    [
      'an image',
      [{ role: 'user', content: [{ type: 'image' }] }],
      'message 1 holds something that is no text',
    ],
    ['two blocks of text', [{ role: 'user', content: ['a', 'b'] }], 'message 1 has 2 blocks of text'],
    ['a number for a text', [{ role: 'user', content: 7 }], 'message 1 has a content that is no text'],
    ['no object', ['hi'], 'message 1 is no object'],
    ['an unknown role', [{ role: 'usr', content: 'x' }], 'message 1 has no known role'],
    ['nobody but the system', [{ role: 'system', content: 'x' }], 'there is no message of the user'],
  ])('are refused for %s', (_, messages, what) => {
    expect(read({ messages })).toMatchObject({ kind: 'fault', what: expect.stringContaining(what) });
  });
});
