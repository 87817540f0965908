import type { Case } from '../plan/case.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import { type PromptPart, withoutPart } from './prompt-parts.ts';

/** A prompt without one part, or whole, and its question to every golden. */
export interface Variant {
  /** Null for the prompt as it is. */
  part: PromptPart | null;
  /** In the order of the suite's cases; their ids tell variants apart. */
  cases: Case[];
}

/** The prompt as it is, then one variant a part. What the user turn says is the same in all of them. */
export function variantsOf(cases: readonly Case[], system: string, parts: readonly PromptPart[]): Variant[] {
  const ablated = parts.map((part, index) => {
    const shortened = withoutPart(system, part);
    return { part, cases: cases.map((each) => withSystem(each, shortened, index + 1)) };
  });
  return [{ part: null, cases: [...cases] }, ...ablated];
}

function withSystem(each: Case, system: string, number: number): Case {
  const request = { ...each.request, system };
  // No id of a case has a space.
  return { ...each, id: `${each.id} ${number}`, request, requestHash: fingerprint(request) };
}
