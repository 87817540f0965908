import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { parseMapping, valueAt } from './mapping.ts';

describe('reading --map', () => {
  it('reads paths and words for speakers', () => {
    const mapping = parseMapping(
      'messages=data.turns, role=speaker,content=body.text,user=U|Kunde,assistant=B,id=a.b,skip=N',
    );
    expect(mapping).toMatchObject({
      messages: ['data', 'turns'],
      role: ['speaker'],
      content: ['body', 'text'],
      id: ['a', 'b'],
    });
    expect(['u', 'kunde', 'b', 'n', 'system', 'human'].map((word) => mapping.roles.get(word))).toEqual([
      'user',
      'user',
      'assistant',
      'left out',
      'left out',
      'user',
    ]);
  });

  it('leaves to recognition what it does not name, and lets a word mean another than it is known for', () => {
    const mapping = parseMapping('user=assistant');
    expect(mapping).toMatchObject({ messages: null, role: null, content: null, id: null });
    expect(mapping.roles.get('assistant')).toBe('user');
  });

  it('names all that is wrong at once', () => {
    const whats: string[] = [];
    try {
      parseMapping('mesages=turns,role=,id=a,id=b,user=U,assistant=u,content=a..b');
    } catch (error) {
      if (error instanceof InputError) whats.push(...error.problems.map(({ what }) => what));
    }
    expect(whats).toEqual([
      '"u" stands for two speakers',
      'content has an empty name',
      'id is given twice',
      'role has an empty name',
      'unknown part "mesages"',
    ]);
  });

  it('gives a mapping or an InputError for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z=,.|]*$/)), (text) => {
        try {
          parseMapping(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });

  it('finds only what a value holds itself', () => {
    const value: unknown = JSON.parse('{"a":{"b":[1,{"c":2}]},"__proto__":{"d":3}}');
    expect(valueAt(value, ['a', 'b', '1', 'c'])).toBe(2);
    expect(valueAt(value, ['__proto__', 'd'])).toBe(3);
    expect(valueAt(value, ['constructor', 'name'])).toBeUndefined();
    expect(valueAt(value, ['a', 'x', 'y'])).toBeUndefined();
    expect(valueAt(null, ['a'])).toBeUndefined();
  });
});
