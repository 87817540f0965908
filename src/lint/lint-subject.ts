import type { PriceOf } from '../cost/cost-of.ts';
import type { SuiteWork } from '../project/load-work.ts';
import type { ValuePath } from '../schema/check.ts';
import type { Conversation } from '../schema/conversation.ts';
import type { PromptSource } from './prompt-source.ts';

/** A suite with all that lint reads of it. */
export interface LintSubject {
  work: SuiteWork;
  source: PromptSource;
  /** 1-based line of the suite's file on which a part of it stands. */
  suiteLine(path: ValuePath): number;
  /** All goldens, those without a label in this suite included. */
  conversations: readonly Conversation[];
  /** Anthropic's model that was asked for; null where none was. `price` is null where it is not known. */
  model: { name: string; price: PriceOf | null } | null;
}
