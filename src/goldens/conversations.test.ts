import { describe, expect, it } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { parseConversations } from './conversations.ts';

const user = { role: 'user', content: 'hi' };
const assistant = { role: 'assistant', content: 'hello' };
const sound = (id: string) => ({
  id,
  lang: 'en',
  family: 'f1',
  tags: ['pair'],
  messages: [user, assistant, user],
});

function parse(...lines: unknown[]) {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return parseConversations(new TextEncoder().encode(text), 'goldens/conversations.jsonl');
}

function saidOf(...lines: unknown[]): string[] {
  return new InputError(parse(...lines).problems).message.split('\n');
}

describe('sound conversations', () => {
  it('are found by id, in the order of the file', () => {
    const { value, problems } = parse(sound('c2'), '', sound('c1'));
    expect(problems).toEqual([]);
    expect([...value.byId.keys()]).toEqual(['c2', 'c1']);
    expect([...value.lines]).toEqual([
      ['c2', 1],
      ['c1', 3],
    ]);
  });

  it('keep lone surrogates', () => {
    const { value } = parse({ ...sound('c1'), messages: [{ role: 'user', content: '\ud800' }] });
    expect(value.byId.get('c1')?.messages[0]?.content).toBe('\ud800');
  });

  it('have a hash that depends on what they say, not on how they are written', () => {
    const hash = parse(sound('c1'), sound('c2')).value.sha256;
    const { messages, ...rest } = sound('c1');
    expect(
      parse(sound('c2'), JSON.stringify({ messages, ...rest }, null, 1).replaceAll('\n', ' ')).value.sha256,
    ).toBe(hash);
    expect(parse(sound('c2'), { ...sound('c1'), tags: [] }).value.sha256).not.toBe(hash);
    expect(
      parse(sound('c2'), { ...sound('c1'), messages: [{ role: 'user', content: 'hi!' }] }).value.sha256,
    ).not.toBe(hash);
  });
});

describe('what is said of faulty conversations', () => {
  it.each([
    [
      'bad JSON',
      '{"id": "c1", x}',
      ':1 (c1): not valid JSON at column 14. Write one JSON object on one line.',
    ],
    ['no object', '[]', ':1: the value is a list, not an object. Write an object.'],
    [
      'an id with a slash',
      sound('c/1'),
      ':1: id is "c/1". Use letters, digits, _ and -, a letter or digit first, 48 at most.',
    ],
    [
      'a missing property',
      { ...sound('c1'), lang: undefined },
      ':1 (c1): missing property "lang". Add "lang".',
    ],
    [
      'an unknown property',
      { ...sound('c1'), titel: 'x' },
      ':1 (c1): unknown property "titel". Use one of id, lang, family, tags, messages.',
    ],
    [
      'a wrong language',
      { ...sound('c1'), lang: 'English' },
      ':1 (c1): lang is "English". Use a language tag such as en or zh-Hant.',
    ],
    [
      'a tag given twice',
      { ...sound('c1'), tags: ['pair', 'pair'] },
      ':1 (c1): tags has "pair" twice. Remove one of the two.',
    ],
    [
      'no messages',
      { ...sound('c1'), messages: [] },
      ':1 (c1): messages has too few items. List at least 1.',
    ],
    [
      'an empty message',
      { ...sound('c1'), messages: [{ role: 'user', content: '' }] },
      ':1 (c1): messages[0].content is empty. Write some text.',
    ],
    [
      'content that is no text',
      { ...sound('c1'), messages: [{ role: 'user', content: ['hush'] }] },
      ':1 (c1): messages[0].content is a list, not text. Write text.',
    ],
    [
      'an unknown role',
      { ...sound('c1'), messages: [{ role: 'usr', content: 'x' }] },
      ':1 (c1): unknown role "usr" in messages[0]. Did you mean "user"? Use one of user, assistant.',
    ],
    [
      'an assistant who begins',
      { ...sound('c1'), messages: [assistant, user] },
      ':1 (c1): messages[0] has the role "assistant". Begin with a user message and let user and assistant take turns.',
    ],
    [
      'a user twice in turn',
      { ...sound('c1'), messages: [user, assistant, user, user] },
      ':1 (c1): messages[3] has the role "user", like the message before it. Begin with a user message and let user and assistant take turns.',
    ],
  ])('%s', (_, line, said) => {
    expect(saidOf(line)).toEqual([`goldens/conversations.jsonl${said}`]);
  });

  it('an id given twice names the first line', () => {
    expect(saidOf(sound('c1'), sound('c2'), sound('c1'))).toEqual([
      'goldens/conversations.jsonl:3 (c1): the id is taken by line 1. Give each conversation its own id.',
    ]);
  });

  it.each(['', '\n \n'])('an empty file: %j', (text) => {
    expect(saidOf(text)).toEqual([
      'goldens/conversations.jsonl: the file is empty. Write one conversation on each line.',
    ]);
  });

  it('sound conversations are still given, and the ids of faulty ones', () => {
    const { value } = parse(sound('c1'), { ...sound('c2'), tags: 3 }, '{"id": "c3", ');
    expect([...value.byId.keys()]).toEqual(['c1']);
    expect([...value.lines.keys()].sort()).toEqual(['c1', 'c2', 'c3']);
  });
});
