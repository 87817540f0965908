import { describe, expect, it } from 'vitest';
import { readPrompt } from '../prompt/load.ts';
import { promptSource } from './prompt-source.ts';

const text = `---
max_tokens: 100
question: |
  Which one?

  Answer with \`x\`.
effort: low
---

Say \`a\`.

\`\`\`json
{"b": 1}
\`\`\`
<example>
c
<answer>{}</answer>
</example>
And \`d\`.
`;

const { prompt } = readPrompt(Buffer.from(text), 'p.md', { windows: null });
if (prompt === null) throw new Error('the prompt is not sound');
const source = promptSource(prompt, text);

describe('a prompt as lint reads it', () => {
  it('keeps the place of every part', () => {
    expect(text.slice(source.systemAt)).toBe(`${prompt.system}\n`);
    expect(source.lineAt(source.systemAt)).toBe(10);
    expect(source.lineAt(text.indexOf('And'))).toBe(19);
    expect(source.lineAt(0)).toBe(1);
    expect(source.lineOf('effort')).toBe(7);
    expect(source.lineOf('window')).toBe(1);
    expect(source.examples.map(({ from }) => source.lineAt(from))).toEqual([15]);
  });

  it('has as instructions the question and the text, without code and examples', () => {
    expect(source.instructions).toHaveLength(text.length);
    expect(source.instructions.split(/\s+/).filter((word) => word !== '')).toEqual([
      ...['question:', '|', 'Which', 'one?', 'Answer', 'with', '`x`.', 'Say', '`a`.', 'And', '`d`.'],
    ]);
    expect(source.instructions.indexOf('And')).toBe(text.indexOf('And'));
  });
});
