import { describe, expect, it } from 'vitest';
import { formatProblem } from '../errors/problem.ts';
import type { Goldens } from '../goldens/load.ts';
import type { Conversation } from '../schema/conversation.ts';
import { checkRulesAgainstGoldens } from './check-rules.ts';
import { readSuite } from './read-suite.ts';

const conversation = (id: string, lang: string, tags: string[]): Conversation => ({
  id,
  lang,
  family: id,
  tags,
  messages: [{ role: 'user', content: 'hi' }],
});

const golden = (id: string) => ({
  id,
  window: 'opening',
  label: { strong: true },
  votes: [],
  adjudicated: false,
  note: null,
  line: 1,
});

const GOLDENS: Goldens = {
  directory: 'goldens',
  conversations: new Map([
    ['c1', conversation('c1', 'en', ['boundary'])],
    ['c2', conversation('c2', 'zh', ['pair'])],
  ]),
  labels: [golden('c1'), golden('c2')],
  sha256: '0'.repeat(64),
};

function saidOf(rule: string): string[] {
  const text = `name: mood
prompt: p.md
windows: { opening: { take: first, messages: 3 }, closing: { take: last, messages: 3 } }
fields: { strong: { kind: binary } }
headline: strong.accuracy
rules:
  - ${rule}
`;
  const { suite, problems } = readSuite(new TextEncoder().encode(text), 'suites/mood.yaml');
  expect(problems).toEqual([]);
  return suite === null ? [] : checkRulesAgainstGoldens(suite, GOLDENS).map(formatProblem);
}

describe('rules and the goldens that they are about', () => {
  it.each([
    '{ rule: must_pass, cases: [c1, c2/opening] }',
    '{ rule: must_pass, where: { tag: pair, lang: zh, window: opening } }',
    '{ rule: floor, metric: strong.accuracy, min: 0.5 }',
    '{ rule: budget, max_usd: 1 }',
  ])('%s is about something', (rule) => expect(saidOf(rule)).toEqual([]));

  it.each([
    [
      'where: { tag: boundry }',
      'no case has the tag "boundry". Did you mean "boundary"? Use one of boundary, pair.',
    ],
    ['where: { lang: de }', 'no case has the language "de". Use one of en, zh.'],
    ['where: { window: closing }', 'no case has the window "closing". Use opening.'],
    [
      'where: { tag: pair, lang: en }',
      'no case meets all conditions of the rule. Drop a condition, or add goldens that meet them.',
    ],
    [
      'cases: [c11]',
      'unknown case "c11". Did you mean "c1"? Name a conversation of the goldens, or a case such as c0002/opening.',
    ],
    [
      'cases: [zzzzzz]',
      'unknown case "zzzzzz". Name a conversation of the goldens, or a case such as c0002/opening.',
    ],
  ])('must_pass with %s', (condition, said) => {
    expect(saidOf(`{ rule: must_pass, ${condition} }`)).toEqual([`suites/mood.yaml:7 (must_pass): ${said}`]);
  });
});
