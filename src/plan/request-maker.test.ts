import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';
import { requestMaker } from './request-maker.ts';

const text = fc.string({ unit: 'binary', minLength: 1 });
const message = fc.record({ role: fc.constantFrom('user' as const, 'assistant' as const), content: text });

it('hashes a request as a fingerprint of the whole does', () => {
  const effort = fc.constantFrom('low' as const, 'high' as const, undefined);
  fc.assert(
    fc.property(
      text,
      text,
      effort,
      fc.array(message, { minLength: 1 }),
      (system, question, given, messages) => {
        const settings = { max_tokens: 10, question, ...(given === undefined ? {} : { effort: given }) };
        const task = { name: 'mood', fields: { sad: { kind: 'binary' as const } }, windows: null };
        const { request, requestHash } = requestMaker(task, { system, settings })(messages, null);
        expect(requestHash).toBe(fingerprint(request));
      },
    ),
  );
});
