import type { Case } from '../plan/case.ts';
import { requestsWith } from '../plan/request-maker.ts';
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
    return { part, cases: withSystem(cases, withoutPart(system, part), index + 1) };
  });
  return [{ part: null, cases: [...cases] }, ...ablated];
}

function withSystem(cases: readonly Case[], system: string, number: number): Case[] {
  const [first] = cases;
  if (first === undefined) return [];
  const { user: _user, ...common } = first.request;
  const requestOf = requestsWith({ ...common, system });
  // No id of a case has a space.
  return cases.map((each) => ({ ...each, id: `${each.id} ${number}`, ...requestOf(each.request.user) }));
}
