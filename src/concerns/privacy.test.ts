import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GIVEN_NAMES } from './given-names.ts';
import { privacyProblems, RARE_UNDER } from './privacy.ts';
import { wordUses } from './word-use.ts';

const ORDINARY =
  'handling conflict at work with a difficult manager on call street account card born reach example com';
const uses = wordUses(Array.from({ length: RARE_UNDER }, () => ORDINARY));
const problems = (line: string) => privacyProblems(line, uses);

describe('a line that may be published', () => {
  it.each([
    'Conflict at work with a manager',
    "I'm in a difficult conflict",
    'Sleep, anxiety and grief',
    'Handling ADHD at work on a Monday',
  ])('has ordinary words only: %s', (line) => {
    expect(problems(line)).toEqual([]);
  });
});

describe('a line that may not', () => {
  it.each([
    ['reach work@example.com', 'a mail address'],
    ['reach work @ example', 'a mail address'],
    ['reach work at example dot com', 'a mail address'],
    ['reach work＠example', 'a mail address'],
    ['reach https://example', 'a web address'],
    ['reach example.com', 'a web address'],
    ['reach example dot com', 'a web address'],
    ['reach @work', 'a handle'],
    ['reach work_manager', 'a handle'],
    ['call +1 (555) 010-9999', 'a digit'],
    ['call 555.010.9999', 'a digit'],
    ['call ٠١٢٣٤٥', 'a digit'],
    ['call ５５５', 'a digit'],
    ['call five five five one', 'a number in words'],
    ['call five-double-one', 'a number in words'],
    ['card 4111 1111 1111 1111', 'a digit'],
    ['account DE89 3704 0044', 'a digit'],
    ['born 12/03/1990', 'a digit'],
    ['born in III²', 'a digit'],
    ['work at 10.0.0.1', 'a digit'],
    ['work at fe80::1', 'a digit'],
    ['a conflict on 12 Work Street', 'a capital as of a name'],
    ['conflict with Zorbina', 'a capital as of a name'],
    ['conflict with McWork', 'a capital as of a name'],
    ['conflict with a WORK manager', 'a capital as of a name'],
    ['Maria in conflict', 'a given name'],
    ["conflict with maría's manager", 'a given name'],
    ['conflict with mr manager', 'a title before a name'],
    ['conflict with zorbina', 'a rare word'],
    ['Zorbina in conflict', 'a rare word'],
    ['conflict with 田中', 'letters other than Latin'],
    ['conflict with Мария', 'letters other than Latin'],
    ['conflict with mаnager', 'letters other than Latin'],
    ['conflict <b>at work</b>', 'a character that no sentence needs'],
    ['::error::conflict', 'a character that no sentence needs'],
    ['[work](conflict)', 'a character that no sentence needs'],
    ['work\nconflict', 'a character that no sentence needs'],
    ['con\u200bflict', 'a character that no sentence needs'],
  ])('%j has %s', (line, kind) => {
    expect(problems(line)).toContain(kind);
  });

  it('has a word that fewer than five conversations write, or that most write as a name', () => {
    const rare = wordUses(Array.from({ length: RARE_UNDER - 1 }, () => 'the harbour'));
    expect(privacyProblems('harbour', rare)).toEqual(['a rare word']);
    const named = [...Array(5).fill('a stone'), ...Array(6).fill('conflict with Stone')];
    expect(privacyProblems('Stone', wordUses(named))).toEqual(['a rare word']);
    expect(privacyProblems('Stone', wordUses(named.slice(0, 10)))).toEqual([]);
  });

  it('says of what kind a fault is and quotes nothing', () => {
    for (const problem of problems('Call Maria Zorbina @ 555'))
      expect(problem).not.toMatch(/maria|zorbina|555/i);
  });

  it('has a contact, however it is written and wherever it stands', () => {
    const digits = fc.stringMatching(/^\d{5,16}$/);
    const separator = fc.constantFrom('', ' ', '-', '.', '/', ' (', ') ', '\u00a0', '–');
    const phone = fc.tuple(digits, separator).map(([number, between]) => `+${[...number].join(between)}`);
    const contact = fc.oneof(phone, fc.emailAddress(), fc.webUrl(), fc.ipV4(), fc.ipV6(), fc.uuid(), digits);
    const ordinary = fc.constantFrom('', 'conflict', 'at work', 'with a manager');
    fc.assert(
      fc.property(ordinary, contact, ordinary, (before, secret, after) => {
        expect(problems(`${before} ${secret} ${after}`)).not.toEqual([]);
      }),
    );
  });

  it('has a given name, in any case and with any accents', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...GIVEN_NAMES),
        fc.constantFrom('', '\u0301', '\u0308'),
        fc.boolean(),
        (name, accent, upper) => {
          const accented = `${name.slice(0, 2)}${accent}${name.slice(2)}`;
          const written = upper ? accented.toUpperCase() : accented;
          expect(privacyProblems(written, wordUses(Array(9).fill(written)))).toContain('a given name');
        },
      ),
    );
  });
});
