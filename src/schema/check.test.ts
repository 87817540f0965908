import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { checkAgainst, fits, mendChoice, nearest, quote, violationsOf } from './check.ts';
import { RunRecord, Value } from './run-record.ts';

const closed = { additionalProperties: false };

function saidOf(schema: Type.TSchema, value: unknown): string[] {
  return violationsOf(schema, value).map(({ what, mend }) => `${what}. ${mend}.`);
}

describe('a union', () => {
  const Shape = Type.Union([
    Type.Object({ kind: Type.Literal('circle'), radius: Type.Number({ minimum: 0 }) }, closed),
    Type.Object({ kind: Type.Literal('square'), side: Type.Number(), colour: Type.Optional(Value) }, closed),
  ]);

  it('is spoken of as the branch whose literal the value has', () => {
    expect(saidOf(Shape, { kind: 'circle', radius: -1 })).toEqual(['radius is -1. Write a number >= 0.']);
    expect(saidOf(Shape, { kind: 'square', radius: 1 })).toEqual([
      'missing property "side". Add "side".',
      'unknown property "radius". Use one of kind, side, colour.',
    ]);
  });

  it('lists its literals where the value has none of them', () => {
    expect(saidOf(Shape, { kind: 'cirle' })).toEqual([
      'unknown kind "cirle". Did you mean "circle"? Use one of circle, square.',
    ]);
    expect(saidOf(Shape, {})).toEqual(['missing property "kind". Add "kind": one of circle, square.']);
    expect(saidOf(Shape, 3)).toEqual(['the value is 3, not an object. Write an object.']);
  });

  it('inside a union is spoken of as the branch whose type the value has', () => {
    const of = (colour: unknown) => saidOf(Shape, { kind: 'square', side: 1, colour });
    expect(of(['red', 3])).toEqual(['colour[1] is 3, not text. Write text.']);
    expect(of({})).toEqual([
      'colour is an object, not text or true or false or a list or null. Write text or true or false or a list or null.',
    ]);
    expect(of(null)).toEqual([]);
  });

  it('in one item of a list does not hide what is wrong with another', () => {
    const list = [{ kind: 'circle', radius: 'x' }, { kind: 'circle', radius: 1 }, { kind: 'cube' }];
    expect(violationsOf(Type.Array(Shape), list).map(({ path }) => path.join('.'))).toEqual([
      '0.radius',
      '2.kind',
    ]);
  });
});

describe('one mistake is said once', () => {
  it('a misspelt property is not also a missing one', () => {
    expect(saidOf(Type.Object({ radius: Type.Number() }, closed), { radios: 1 })).toEqual([
      'unknown property "radios". Did you mean "radius"? Use radius.',
    ]);
  });

  it('a literal of another type is not also of the wrong type', () => {
    expect(saidOf(Type.Literal('run'), 3)).toEqual(['unknown value 3. Use run.']);
  });
});

describe('checking a value of a file', () => {
  it('gives the value, or a problem for each violation', () => {
    const Point = Type.Object({ x: Type.Number(), y: Type.Number() });
    expect(checkAgainst(Point, { x: 1, y: 2 }, 'p.json')).toEqual({ value: { x: 1, y: 2 }, problems: [] });
    expect(checkAgainst(Point, { x: 'a' }, 'p.json')).toEqual({
      value: null,
      problems: [
        { file: 'p.json', line: null, id: null, what: 'missing property "y"', mend: 'Add "y"' },
        { file: 'p.json', line: null, id: null, what: 'x is text, not a number', mend: 'Write a number' },
      ],
    });
  });

  it('compiles every schema of the project', () => {
    expect(fits(RunRecord, {})).toBe(false);
  });
});

describe('the word that was meant', () => {
  it('is the nearest within one edit for three letters, whatever its case', () => {
    expect(nearest('coachng', ['counseling', 'coaching'])).toBe('coaching');
    expect(nearest('OTHER', ['other'])).toBe('other');
    expect(nearest('advise', ['coaching', 'other'])).toBeNull();
    expect(nearest('', ['a'])).toBeNull();
  });

  it('comes with all that may be written', () => {
    expect(mendChoice('b', [])).toBe('Remove it');
    expect(mendChoice(3, ['a'])).toBe('Use a');
    expect(mendChoice('othr', ['a', 'other'])).toBe('Did you mean "other"? Use one of a, other');
  });
});

describe('a quoted value', () => {
  it('is one short line that steers no terminal', () => {
    expect(quote('a\n\u001b[2J\u009b\u202e')).toBe('"a\\n\\u001b[2J\\u{9b}\\u{202e}"');
    expect(quote('x'.repeat(100))).toBe(`"${'x'.repeat(60)}…"`);
    expect(quote({ secret: 1 })).toBe('an object');
    expect(quote(undefined)).toBe('undefined');
  });
});
