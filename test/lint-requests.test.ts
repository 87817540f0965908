import { describe, expect, it } from 'vitest';
import {
  findingsIn,
  findingsWith,
  lintFiles,
  SOUND,
  swapped,
  withExample,
  withPrompt,
} from './lint-project.ts';
import { makeWorkspace } from './workspace.ts';

const { prompt } = SOUND;
const FOOD = '{"topic": "food", "also": ["food"], "urgent": false, "mood": "even"}';

describe('placeholders', () => {
  it.each([
    ['{{conversation}}', 'error'],
    ['$' + '{text}', 'error'],
    ['<<input>>', 'error'],
    ['{% if x %}', 'error'],
    ['{text}', 'warning'],
  ])('%s in the system text is an %s', (text, severity) => {
    const found = withPrompt('## Examples', `Label this: ${text}\n\n## Examples`);
    expect(found).toEqual([
      expect.stringMatching(new RegExp(`:30 ${severity} placeholder nothing fills in `)),
    ]);
  });

  it('in an example or in JSON are text', () => {
    expect(withPrompt('nobody at the harbour', '{{nobody}} at the $' + '{harbour}')).toEqual([]);
    expect(withPrompt('## Examples', 'Such as {"topic": "food"}.\n\n## Examples')).toEqual([]);
  });
});

describe('windows', () => {
  const suite = swapped(
    SOUND.suite,
    'headline:',
    'windows: { opening: { take: first, messages: 3 } }\nheadline:',
  );
  const labels = SOUND.labels.map((label) => ({ ...label, window: 'opening' }));
  const windowed = (text: string) => findingsWith({ suite, labels, prompt: text });

  it('are to be named by the question or the system text', () => {
    expect(windowed(prompt)).toEqual([
      expect.stringMatching(
        /:3 warning window-unnamed the prompt never says that the window opening is asked about/,
      ),
    ]);
    expect(windowed(swapped(prompt, 'the person want?', 'the person want in {window}?'))).toEqual([]);
    expect(windowed(swapped(prompt, '## Examples', 'Label the opening.\n\n## Examples'))).toEqual([]);
  });

  it('are filled in within the question alone', () => {
    expect(
      windowed(swapped(prompt, '## Examples', 'Label the {window}, an opening.\n\n## Examples')),
    ).toEqual([
      expect.stringMatching(/:30 warning placeholder \{window\} is filled in within the question alone/),
    ]);
  });

  it('are to be those of the task where an example marks them', () => {
    const text = swapped(
      withExample(['x y'], FOOD, ' window="end"'),
      'the person want?',
      'they want in {window}?',
    );
    expect(windowed(text)).toEqual([
      expect.stringMatching(
        /:45 warning placeholder an example marks the window "end", which the task does not have/,
      ),
    ]);
  });
});

describe('tokens', () => {
  const root = makeWorkspace(lintFiles());
  const what = (rule: 'cache' | 'tokens-per-call', model?: string) =>
    findingsIn(root, { rule, ...(model === undefined ? {} : { model }) }).map(
      (finding) => `${finding.severity} ${finding.what}`,
    );

  it('are too few for the cache of one model, and nothing is published of another', () => {
    expect(what('cache', 'anthropic:claude-haiku-4-5')).toEqual([
      expect.stringMatching(
        /^warning .*about \d+ tokens, too few for the cache of claude-haiku-4-5, which begins at 4,096/,
      ),
    ]);
    expect(what('cache', 'anthropic:claude-haiku-5-5')).toEqual([
      expect.stringMatching(/^note .*not published/),
    ]);
    expect(what('cache')).toEqual([expect.stringMatching(/^note .*too short for .*claude-haiku-4-5/)]);
  });

  it('are enough with a longer text', () => {
    const long = makeWorkspace(
      lintFiles({ prompt: `${prompt}\n${'And then some more of it. '.repeat(200)}` }),
    );
    const [finding] = findingsIn(long, { rule: 'cache', model: 'anthropic:claude-opus-5' });
    expect(finding).toMatchObject({ severity: 'note' });
    expect(finding?.what).toMatch(/claude-opus-5 caches it/);
  });

  it('are told of a call, and what a thousand calls cost where the price is known', () => {
    expect(what('tokens-per-call')).toEqual([
      expect.stringMatching(/^note a call takes about \d+ tokens .*\(the largest \d+\)$/),
    ]);
    expect(what('tokens-per-call', 'anthropic:claude-haiku-4-5')[0]).toMatch(
      /; 1,000 calls to claude-haiku-4-5 cost about US\$\d+\.\d\d .* up to \d+\.\d\d/,
    );
    expect(what('tokens-per-call', 'anthropic:claude-nobody-9')[0]).toMatch(
      /price of claude-nobody-9 is not known/,
    );
  });

  it.each([
    [
      '10',
      /:2 error max-tokens max_tokens is 10 and the largest answer takes about \d+ tokens, so that it is cut off/,
    ],
    ['100', /:2 warning max-tokens max_tokens is 100 .* little to a model that thinks first/],
  ])('of an answer are too few at %s', (limit, finding) => {
    expect(withPrompt('max_tokens: 1000', `max_tokens: ${limit}`)).toEqual([expect.stringMatching(finding)]);
  });
});
