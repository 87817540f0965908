import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inShort } from '../../test/corpus-files.ts';
import { fits } from '../schema/check.ts';
import { ConversationId, Message } from '../schema/conversation.ts';
import { type Mapping, parseMapping } from './mapping.ts';
import type { RawRecord } from './raw-record.ts';
import { readRecord } from './read-record.ts';

const lineOf = (json: string): RawRecord => ({ kind: 'json', line: 7, json });
const read = (record: unknown, mapping: Mapping | null = null) =>
  inShort(readRecord(lineOf(JSON.stringify(record)), 'corpus.jsonl', mapping));
const turns = (...contents: string[]) =>
  contents.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content }));

describe('reading a record of a corpus', () => {
  it("reads the project's own format and says where the record stands", () => {
    expect(
      readRecord(lineOf(JSON.stringify({ id: 'c1', messages: turns('a', 'b') })), 'corpus.jsonl', null),
    ).toEqual({
      kind: 'conversation',
      conversation: { id: 'c1', messages: turns('a', 'b'), position: { file: 'corpus.jsonl', line: 7 } },
    });
  });

  it('reads message arrays of OpenAI and Anthropic, text blocks joined, others as a placeholder', () => {
    const messages = [
      { role: 'system', content: 'be kind' },
      { role: 'developer', content: 'be brief' },
      {
        role: 'user',
        content: [
          { type: 'image', source: { data: 'AAAA' } },
          { type: 'text', text: 'what is' },
          { type: 'input_text', text: 'this?' },
          { type: 'novel' },
        ],
      },
      { role: 'assistant', content: null, tool_calls: [] },
      { role: 'tool', content: 'a cat' },
      { role: 'user', content: [{ type: 'tool_result', content: 'a cat', text: 'a cat' }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm' },
          { type: 'text', text: 'A cat.' },
        ],
      },
    ];
    const expected = 'user [image]\nwhat is\nthis?\n[attachment] | assistant A cat.';
    expect(read({ id: 'x', messages })).toBe(`x: ${expected}`);
    expect(read(messages)).toMatch(/^c[0-9a-f]{16}: /);
    expect(read(messages).slice(19)).toBe(expected);
  });

  it('reads ShareGPT, whatever it calls its speakers', () => {
    for (const [user, assistant] of [
      ['human', 'gpt'],
      ['user', 'chatgpt'],
      ['Human', 'bing'],
    ]) {
      const conversations = [
        { from: 'system', value: 's' },
        { from: user, value: 'a' },
        { from: assistant, value: 'b' },
      ];
      expect(read({ id: 'x', conversations })).toBe('x: user a | assistant b');
    }
  });

  it('reads transcripts, of a pair the answer chosen', () => {
    const chosen = '\n\nHuman: a: b\n\nc\n\nAssistant: d\r\n\r\nHuman: e\n\nAssistant:';
    expect(read({ chosen, rejected: '\n\nHuman: no' }).slice(19)).toBe(
      'user a: b\n\nc | assistant d | user e',
    );
    for (const key of ['transcript', 'prompt', 'text'])
      expect(read({ id: 'x', [key]: 'Human: a\n\nAssistant: b' })).toBe('x: user a | assistant b');
    expect(read({ id: 'x', prompt: 'Plain.', chosen: turns('a', 'b') })).toBe('x: user a | assistant b');
  });

  it('reads a list that stands as JSON in a text', () => {
    expect(read({ id: 'x', messages: JSON.stringify(turns('a')) })).toBe('x: user a');
  });

  it('reads any other format by a mapping', () => {
    const mapping = parseMapping(
      'messages=data.turns,role=by.kind,content=words,user=U,assistant=B,skip=N,id=meta.uuid',
    );
    const list = [
      { by: { kind: 'N' }, words: 'enter' },
      { by: { kind: 'u' }, words: 'a' },
      { by: { kind: 'B' }, words: [{ type: 'text', text: 'b' }] },
    ];
    expect(read({ meta: { uuid: 'x' }, data: { turns: list } }, mapping)).toBe('x: user a | assistant b');
    expect(read({ messages: turns('a') }, mapping)).toBe('!7 holds no conversation in a form that is known');
    expect(read({ dialogue: 'Human: a', key: 'x' }, parseMapping('messages=dialogue,id=key,role=r'))).toBe(
      'x: user a',
    );
  });

  it('drops empty messages and what the assistant says first, and keeps messages of one role apart', () => {
    const messages = [
      { role: 'assistant', content: 'How can I help?' },
      { role: 'user', content: ' \n' },
      { role: 'user', content: 'a' },
      { role: 'user', content: ' b' },
      { role: 'assistant', content: '' },
    ];
    expect(read({ id: 'x', messages })).toBe('x: user a | user  b');
  });

  it('takes the own id where it is safe, its hash where it is not, and that of the messages where there is none', () => {
    const idOf = (record: object) => read({ messages: turns('a'), ...record }).replace(/: .*/, '');
    expect(idOf({ id: 'A-1_b' })).toBe('A-1_b');
    expect(idOf({ id: 42 })).toBe('42');
    expect(idOf({ conversation_id: 'x', uuid: 'y' })).toBe('x');
    expect(idOf({ id: '', uuid: 'y' })).toBe('y');
    expect(idOf({ id: '../x' })).toBe(idOf({ uuid: '../x' }));
    expect(idOf({ id: '../x' })).toMatch(/^h[0-9a-f]{16}$/);
    for (const id of [undefined, null, {}, 'i'.repeat(201), 2 ** 53]) {
      expect(idOf({ id })).toBe(idOf({}));
      expect(idOf({ id })).toMatch(/^c[0-9a-f]{16}$/);
    }
    expect(read({ messages: turns('b') })).not.toContain(idOf({}));
  });

  it('says what is wrong and quotes nothing of it', () => {
    const secret = 'SECRET';
    expect(inShort(readRecord(lineOf(`{"a": ${secret}`), 'corpus.jsonl', null))).toBe('!7 is not JSON');
    expect(inShort(readRecord(lineOf(`{"a": "${secret}`), 'corpus.jsonl', null))).toBe(
      '!7 the JSON breaks off',
    );
    expect(inShort(readRecord(lineOf('{"messages": ['), 'corpus.jsonl', null))).toBe(
      '!7 the JSON breaks off',
    );
    for (const record of [null, 1, secret, {}, { text: secret }, { messages: secret }, { messages: '[' }])
      expect(read(record)).toBe('!7 holds no conversation in a form that is known');
    expect(read([secret])).toBe('!7 message 1 is no object');
    expect(read([...turns('a'), { role: secret, content: 'b' }])).toBe('!7 message 2 has no known role');
    expect(read([{ role: 'user', content: { [secret]: 1 } }])).toBe(
      '!7 message 1 has a content that is no text',
    );
    for (const messages of [[], [{ role: 'assistant', content: 'a' }], turns(' ')])
      expect(read({ messages })).toBe('!7 there is no message of the user');
  });

  it('gives a sound conversation or a bad record for any JSON', () => {
    const role = fc.constantFrom('user', 'assistant', 'system', 'x', '__proto__');
    const message = fc.record({ role, content: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()) });
    const record = fc.oneof(
      fc.jsonValue(),
      fc.record({ id: fc.oneof(fc.string(), fc.integer(), fc.jsonValue()), messages: fc.array(message) }),
    );
    fc.assert(
      fc.property(record, (value) => {
        const given = readRecord(lineOf(JSON.stringify(value)), 'corpus.jsonl', null);
        if (given.kind === 'bad') return;
        const { id, messages } = given.conversation;
        expect(fits(ConversationId, id)).toBe(true);
        expect(messages[0]?.role).toBe('user');
        for (const one of messages) {
          expect(fits(Message, one)).toBe(true);
          expect(one.content.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
