import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shippedStudy } from '../../test/study-in-batches.ts';
import type { Message } from '../schema/conversation.ts';
import { askedStudy, studyQuestions } from './ask-conversation.ts';
import { cutConversation } from './cut-conversation.ts';

const turns = (lengths: readonly number[]) =>
  lengths.map((length, index): Message => {
    const role = index % 2 === 0 ? 'user' : 'assistant';
    return { role, content: `${index}:`.padEnd(Math.max(4, length), '-') };
  });

it('is no longer than it may be, and says where each message went', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 20 }), (lengths) => {
      const all = turns(lengths);
      const { messages, isCut, placeOf } = cutConversation(all, 1000);
      const total = (some: readonly Message[]) => some.reduce((sum, { content }) => sum + content.length, 0);
      expect(isCut).toBe(total(all) > 1000);
      expect(total(messages)).toBeLessThanOrEqual(Math.max(1000, isCut ? 0 : total(all)));
      const places = all.flatMap((_, index) => placeOf(index) ?? []);
      expect(places).toEqual([...messages.keys()]);
      for (const [index, { content }] of all.entries()) {
        const place = placeOf(index);
        if (place !== null) expect(messages[place]?.content.slice(0, 3)).toBe(content.slice(0, 3));
      }
    }),
  );
});

it('leaves a window out whose own messages were left out, and does not fill it with others', () => {
  const { study, suites } = shippedStudy();
  const questions = studyQuestions(askedStudy({ study: { ...study, longest: 2000 }, suites }));
  const windowsOf = (lengths: readonly number[]) => {
    const position = { file: 'c.jsonl', line: 1 };
    const asked = questions.further({ id: 'c1', messages: turns(lengths), position });
    return asked.flatMap(({ window }) => window ?? []);
  };
  const short = Array<number>(16).fill(20);
  expect(windowsOf(short)).toEqual(['opening', 'closing']);
  expect(windowsOf(short.with(8, 5000))).toEqual(['opening', 'closing']);
  expect(windowsOf(short.with(2, 5000))).toEqual([]);
});
