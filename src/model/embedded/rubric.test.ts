import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { answerSchema } from '../../task/answer-schema.ts';
import { knowledgeOf } from './field-knowledge.ts';
import { readRubric } from './rubric.ts';

const SCHEMA = answerSchema({
  fields: {
    dish: { kind: 'nominal', labels: ['soup', 'very_hot', 'other'] },
    fresh: { kind: 'binary' },
    drink: { kind: 'nominal', labels: ['tea', 'other'] },
  },
});

function told(system: string): string[] {
  return readRubric(system, SCHEMA).evidence.map(({ field, label, text }) => `${field}.${label}: ${text}`);
}

describe('a description', () => {
  it.each<[name: string, system: string, text?: string]>([
    ['a bullet with a code name', '- `soup`: hot and liquid'],
    ['a bullet with a bold name', '* **soup** — hot and liquid'],
    ['a bullet with a bold name and colon', '- **soup:** hot and liquid'],
    ['a numbered item', '1. `soup` (1): hot and liquid'],
    ['an item without a colon', '- `soup` hot and liquid'],
    ['a plain line', 'soup: hot and liquid'],
    ['a line with a code name', '`soup`: hot and liquid'],
    ['a wrapped bullet', '- `soup`: hot\n  and liquid'],
    [
      'a bullet wrapped before a word with a colon',
      '- `soup`: one of\n  two: hot and cold',
      'one of two: hot and cold',
    ],
    ['a bullet under the name', '- `soup`:\n  - hot and liquid'],
    ['a table row', '| label | meaning |\n| --- | --- |\n| `soup` | hot and liquid |'],
    ['a heading', '### soup\n\nhot and liquid'],
    ['a code heading with a bullet', '### `soup`\n- hot and liquid\n'],
    ['a tag', '<label name="soup">hot and liquid</label>'],
  ])('is read from %s', (_name, system, text = 'hot and liquid') => {
    expect(told(system)).toEqual([`dish.soup: ${text}`]);
  });

  it('is found whatever the spelling of the name', () => {
    expect(told('- Very hot: burns the tongue')).toEqual(['dish.very_hot: burns the tongue']);
  });

  it('belongs to the field whose section it stands in', () => {
    const system =
      '## Field `dish`\n- `other`: bread\n\n## Field `drink`\n- `other`: juice\n\n## Notes\n- `other`: rest';
    expect(told(system)).toEqual(['dish.other: bread', 'drink.other: juice', 'null.other: rest']);
  });

  it('of a boolean is read from its values or from its own line', () => {
    expect(told('- `true`: picked today\n- `false`: withered')).toEqual([
      'fresh.true: picked today',
      'fresh.false: withered',
    ]);
    expect(told('- `fresh`: true if picked today, false if withered')).toEqual([
      'fresh.true: if picked today,',
      'fresh.false: if withered',
    ]);
  });

  it('leaves out what it excludes and gives another label what it sends there', () => {
    expect(told('- `soup`: hot and liquid. Not bread. Leaves in water are `tea`.')).toEqual([
      'dish.soup: hot and liquid.',
      'drink.tea: Leaves in water are  .',
    ]);
  });

  it('never contains the name of a label as evidence', () => {
    expect(told('Answer `soup` or `tea`.\n\n- `soup`\n- `tea`:')).toEqual([
      'dish.soup: Answer   or  .',
      'drink.tea: Answer   or  .',
    ]);
  });

  it('is not read from fenced code or from examples', () => {
    expect(told('```\nsoup: hot\n```\n<example>\n- `soup`: hot\n</example>')).toEqual([]);
  });
});

describe('the prompts in this project', () => {
  const prompts = readdirSync('prompts').filter((file) => file.endsWith('.md'));

  it.each(prompts)('%s is understood: every label described, every example read', (file) => {
    const name = file.replace('.md', '');
    const system = readFileSync(`prompts/${file}`, 'utf8').split(/^---$/m).slice(2).join('---');
    const rubric = readRubric(system, answerSchema(parse(readFileSync(`suites/${name}.yaml`, 'utf8'))));
    expect(rubric.examples).toHaveLength(system.split('<example>').length - 1);
    for (const field of rubric.fields) {
      const known = knowledgeOf(field, rubric);
      expect(field.labels.filter((_, index) => known.described[index] !== true)).toEqual([]);
      expect(known.examples).toHaveLength(rubric.examples.length);
    }
  });
});
