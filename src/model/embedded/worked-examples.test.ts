import { expect, it } from 'vitest';
import { withoutExamples, workedExamples } from './worked-examples.ts';

it('reads messages with role and window, and the answer', () => {
  const system = `<example>
<conversation>
<message number="1" role="user" window="opening">Hello</message>
<message number="2" role="assistant">Hi,
there</message>
</conversation>
<why>Greetings.</why>
<answer>\`\`\`json
{"tone": "warm"}
\`\`\`</answer>
</example>`;
  expect(workedExamples(system)).toEqual([
    {
      turns: [
        { role: 'user', text: 'Hello', windowed: true },
        { role: 'assistant', text: 'Hi,\nthere', windowed: false },
      ],
      answer: new Map([['tone', 'warm']]),
    },
  ]);
  expect(withoutExamples(`before ${system} after`)).toBe('before \n after');
});

it('reads a conversation of lines that begin with the role, or of mere text', () => {
  const example = (text: string) =>
    workedExamples(`<example>${text}<answer>{"tone": "warm"}</answer></example>`)[0]?.turns;
  expect(example('User: Hello\nAssistant: Hi')).toEqual([
    { role: 'user', text: 'Hello', windowed: false },
    { role: 'assistant', text: 'Hi', windowed: false },
  ]);
  expect(example('Hello there')).toEqual([{ role: 'user', text: 'Hello there', windowed: false }]);
});

it('takes no time over a hundred thousand empty lines', () => {
  const answer = '<answer>{"mood": "glad"}</answer>';
  const example = `<example><conversation>${'\n'.repeat(100_000)}x\nuser: hi</conversation>${answer}</example>`;
  expect(workedExamples(example).flatMap(({ turns }) => turns.map(({ text }) => text))).toEqual(['hi']);
});

it('leaves out an example without a readable answer', () => {
  expect(workedExamples('<example><message>Hello</message><answer>{oops}</answer></example>')).toEqual([]);
  expect(workedExamples('<example><message>Hello</message></example>')).toEqual([]);
});
