import { expect, it } from 'vitest';
import { LabelNames } from '../model/embedded/label-names.ts';
import type { Case } from '../plan/case.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import { promptParts } from './prompt-parts.ts';
import { variantsOf } from './variants.ts';

it('asks each variant what a run of the shortened prompt would ask: the recorded answers are the same', () => {
  const system = 'Label it.\n\n## Rules\n\n- First\n- Second 第二\n';
  const cases = ['a', 'b "quoted"'].map((user, index): Case => {
    const request = { system, user, schema: { type: 'object' }, maxTokens: 9, effort: 'low' as const };
    return {
      ...{ id: `c${index}`, conversation: `c${index}`, window: null, family: 'f', lang: 'en', tags: [] },
      ...{ text: 'a'.repeat(16), expected: {}, request, requestHash: fingerprint(request) },
    };
  });
  const parts = promptParts(system, new LabelNames([]));
  const variants = variantsOf(cases, system, parts);
  expect(variants).toHaveLength(parts.length + 1);
  for (const { part, cases: asked } of variants.slice(1))
    for (const { request, requestHash } of asked) {
      expect(request.system).not.toContain(system.slice(part?.start, part?.end));
      expect(requestHash).toBe(fingerprint(request));
    }
});
