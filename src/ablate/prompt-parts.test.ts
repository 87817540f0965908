import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerFields } from '../model/embedded/answer-fields.ts';
import { LabelNames } from '../model/embedded/label-names.ts';
import { withoutExamples } from '../model/embedded/worked-examples.ts';
import { isWithin, type PromptPart, promptParts, withoutPart } from './prompt-parts.ts';
import { promptUnits } from './prompt-units.ts';

const NAMES = new LabelNames(
  answerFields({
    properties: {
      color: { type: 'string', enum: ['red', 'blue', 'green'] },
      shade: { type: 'string', enum: ['light', 'dark'] },
    },
  }),
);

const partsOf = (prompt: string) => promptParts(prompt, NAMES);
const namesOf = (prompt: string) => partsOf(prompt).map(({ name }) => name);
const without = (prompt: string, name: string) => {
  const part = partsOf(prompt).find((each) => each.name === name);
  return part === undefined ? null : withoutPart(prompt, part);
};

const PROMPT = `You name a color. Answer with \`color\`.

## Field \`color\`: from the person's messages

Read all of them.

- \`red\`: like a tomato,
  or blood
- \`blue\`: like the sea
- \`green\`: like moss

## Steps

1. **Ties.** The earlier label wins.
2. A color that is only quoted does not count.

   Nor does a wish of others.

## Examples

<example>
<conversation>Paint it like the sky.</conversation>
<answer>{"color": "blue"}</answer>
</example>
<example>
<conversation>A leaf of a tone.</conversation>
<answer>{"color": "green"}</answer>
</example>`;

describe('the parts of a prompt', () => {
  it('are its sections, labels, rules, examples and paragraphs, with their lines', () => {
    expect(partsOf(PROMPT).map(({ name, lines }) => `${lines.first}-${lines.last} ${name}`)).toEqual([
      '1-1 paragraph You name a color. Answer with',
      '3-10 section Field color',
      '5-5 paragraph Read all of them',
      '7-8 label red',
      '9-9 label blue',
      '10-10 label green',
      '12-17 section Steps',
      '14-14 rule 1 Ties',
      '15-17 rule 2 A color that is only quoted',
      '19-28 section Examples',
      '21-24 example Paint it like the sky',
      '25-28 example A leaf of a tone',
    ]);
  });

  it('are headed by underlined lines too, with CRLF or without', () => {
    const underlined =
      'Name a color.\n\nRules\n=====\n\nTies\n----\n\n- The first one counts.\n\nMore\n----\n\n- None.\n';
    for (const prompt of [underlined, underlined.replaceAll('\n', '\r\n')])
      expect(partsOf(prompt).map(({ name, lines }) => `${lines.first}-${lines.last} ${name}`)).toEqual([
        '1-1 paragraph Name a color',
        '3-14 section Rules',
        '6-9 rule The first one counts',
        '11-14 rule None',
      ]);
    // A ruler between paragraphs, and under a wrapped one.
    expect(namesOf('Name a color.\n---\nBe quick\nand brief\n---\n- One.\n')).toEqual([
      'paragraph Name a color',
      'paragraph Be quick and brief',
      'rule One',
    ]);
  });

  it('leave a prompt that is well formed, with its steps numbered as they were', () => {
    expect(without(PROMPT, 'rule 1 Ties')).toContain('## Steps\n\n2. A color that is only quoted');
    expect(without(PROMPT, 'paragraph Read all of them')).toContain('messages\n\n- `red`');
    expect(without(PROMPT, 'section Steps')).toContain('like moss\n\n## Examples');
    expect(without(PROMPT, 'example A leaf of a tone')).toMatch(/"blue"\}<\/answer>\n<\/example>$/);
    expect(without(PROMPT, 'section Examples')).toMatch(/a wish of others\.$/);
    expect(without(PROMPT, 'paragraph You name a color. Answer with')).toMatch(/^## Field/);
  });

  it('are one where a section holds one part alone, which then goes with its heading', () => {
    const prompt =
      'Name it.\n\n# Example\n\n<example>Sky<answer>{}</answer></example>\n\n# `red`\n\nLike blood.';
    expect(namesOf(prompt)).toEqual(['paragraph Name it', 'example Sky', 'label red']);
    expect(without(prompt, 'example Sky')).toBe('Name it.\n\n# `red`\n\nLike blood.');
    expect(without(prompt, 'label red')).toMatch(/^Name it[\s\S]*<\/example>$/);
  });

  it('are found in tables, tagged elements and items without a bullet', () => {
    const prompt = `| label | meaning |
| --- | --- |
| red | blood |
| blue | the sea |

<labels>
<label name="green">moss</label>
</labels>

<rules>
- Be strict.
- Be quick.
</rules>

\`light\`: as in the sun
\`dark\`: as at night`;
    expect(namesOf(prompt)).toEqual([
      ...['label red', 'label blue', 'label green', 'section rules', 'rule Be strict', 'rule Be quick'],
      ...['label light', 'label dark'],
    ]);
    expect(without(prompt, 'label red')).toContain('| --- | --- |\n| blue |');
    expect(without(prompt, 'label green')).not.toContain('labels');
  });

  it('take no heading, item or tag out of fenced code', () => {
    const prompt = 'Answer.\n\n```\n# no heading\n- no item\n```\n\nBe quick.';
    expect(namesOf(prompt)).toEqual([
      'paragraph Answer',
      'paragraph # no heading - no item',
      'paragraph Be quick',
    ]);
  });

  it('have names that differ, by section and then by number', () => {
    const list = '- `red`: a\n- `red`: b';
    expect(namesOf(`# A\n\n${list}\n\n# B\n\n- \`red\`: c\n- \`blue\`: d`)).toEqual([
      ...['section A', 'label red in A', 'label red in A (2)', 'section B', 'label red in B', 'label blue'],
    ]);
  });

  it('are none where all would be gone', () => {
    expect(namesOf('Only this.')).toEqual([]);
    expect(namesOf('# Title\n\nOnly this.')).toEqual([]);
    expect(namesOf('# Title\n\nThis.\n\nThat.')).toEqual(['paragraph This', 'paragraph That']);
  });
});

const line = fc.constantFrom(
  ...[
    '# One',
    '## Two',
    '### `red`',
    '- `blue`: sea',
    '- a rule',
    '  - inside',
    '1. **First.** do',
    '2. then',
  ],
  ...[
    'plain words',
    '  indented words',
    '',
    '',
    '',
    '| red | blood |',
    '|---|---|',
    '---',
    '```',
    'Field `color`:',
  ],
  ...['<rules>', '</rules>', '<label name="red">blood</label>', '<label name="red">blood', '</label>'],
  ...['<example>', '</example>', '<example>sky<answer>{}</answer></example>', 'so <example>a</example> and'],
  ...['- item <example>a', '\ttabbed', '   ', '天气很好。', '😀 `green`: moss'],
);
const prompts = fc
  .array(line, { minLength: 1, maxLength: 25 })
  .map((lines) => lines.join('\n').trim())
  .filter((text) => text !== '');

describe('whatever the prompt', () => {
  it('its units, put together, are the prompt', () => {
    fc.assert(
      fc.property(prompts, (prompt) => {
        const units = promptUnits(prompt, (word) => NAMES.find(word, null) !== null);
        expect(units.map(({ start, end }) => prompt.slice(start, end)).join('')).toBe(prompt);
        for (const [index, { start }] of units.entries()) expect(start).toBe(units[index - 1]?.end ?? 0);
      }),
    );
  });

  it('its examples are those that the embedded model reads', () => {
    fc.assert(
      fc.property(prompts, (prompt) => {
        const examples = promptUnits(prompt, () => false).flatMap((unit) => unit.examples);
        let rest = '';
        let from = 0;
        for (const { start, end } of examples) {
          rest += `${prompt.slice(from, start)}\n`;
          from = end;
        }
        expect(rest + prompt.slice(from)).toBe(withoutExamples(prompt));
      }),
    );
  });

  it('parts lie within one another or apart', () => {
    fc.assert(
      fc.property(prompts, (prompt) => {
        const parts = partsOf(prompt);
        const isApart = (a: PromptPart, b: PromptPart) => a.end <= b.start || b.end <= a.start;
        for (const a of parts)
          for (const b of parts)
            expect(a === b || isApart(a, b) || isWithin(a, b) || isWithin(b, a)).toBe(true);
      }),
    );
  });

  it('without a part it is the prompt less exactly that part and blank lines beside it', () => {
    fc.assert(
      fc.property(prompts, (prompt) => {
        const longest = (text: string) =>
          Math.max(0, ...(text.match(/\n(?:[^\S\n]*\n)+/g) ?? []).map((run) => run.split('\n').length));
        for (const part of partsOf(prompt)) {
          const { cut, start, end } = part;
          const shorter = withoutPart(prompt, part);
          expect(shorter).toBe(prompt.slice(0, cut.start) + prompt.slice(cut.end));
          expect(cut.start <= start && cut.end >= Math.min(end, prompt.trimEnd().length)).toBe(true);
          expect((prompt.slice(cut.start, start) + prompt.slice(end, cut.end)).trim()).toBe('');
          expect(shorter.trim()).not.toBe('');
          expect(longest(shorter)).toBeLessThanOrEqual(Math.max(longest(prompt), 0));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('names are unique, on one line, and can be typed in double quotes', () => {
    fc.assert(
      fc.property(fc.oneof(prompts, fc.string({ unit: 'binary', maxLength: 200 })), (prompt) => {
        const names = namesOf(prompt.trim());
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
        for (const name of names)
          expect(name).toMatch(/^(label|example|rule|section|paragraph)\b[^\p{Cc}\p{Cf}\p{Cs}`"\\$]*$/u);
      }),
    );
  });
});

describe('a prompt that is made to hold its reader up', () => {
  it.each([
    ['empty lines', `a\n${'\n'.repeat(100_000)}x`],
    ['a tag without an end', `<${'a'.repeat(100_000)}`],
    ['labels without an end', '<label name="red">x'.repeat(6000)],
    ['answers without an end', `<example>${'<answer>'.repeat(12_000)}</example>`],
    ['openings alone', `<example>${'<'.repeat(100_000)}</example>`],
    ['brackets in a heading', `# ${'('.repeat(100_000)}\n\nText.\n`],
    ['blanks in a heading', `# a${' '.repeat(100_000)}b (\n\nText.\n`],
  ])('is read at once: %s', (_what, prompt) => {
    for (const { cut } of partsOf(prompt)) expect(cut.end).toBeLessThanOrEqual(prompt.length);
  });

  it('gives a thousand parts of one name a name each', () => {
    const names = namesOf(`${'- the same rule\n'.repeat(1000)}\nAnd text.\n`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('rule the same rule (1000)');
  });
});
