import type { Problem } from '../errors/problem.ts';
import type { Label, Value } from '../schema/run-record.ts';
import type { MustPassRule, Rule } from '../schema/suite.ts';

/** What goalposts are made of, as far as each is read by itself. */
export type GoalpostPart = 'suite' | 'conversations' | 'labels' | 'baseline';

/**
 * How one property of a rule moved. `looser`: whatever passed before still passes. `tighter`: whatever passes
 * now passed before. `incomparable`: neither can be said, so it counts as a loosening.
 */
export interface RuleDifference {
  property: string;
  /** Null where the property was not given. */
  before: unknown;
  /** Null where the property is no longer given. */
  after: unknown;
  direction: 'looser' | 'tighter' | 'incomparable';
}

interface Moved<T> {
  before: T;
  after: T;
}

/** One thing that a change does to what it is measured by. `loosens`: it may let more pass than before. */
export type GoalpostChange =
  | { kind: 'suite_added'; suite: string; loosens: false }
  | { kind: 'suite_removed'; suite: string; loosens: true }
  /** A part that is there, but that this version cannot read; nothing is known of what changed in it. */
  | {
      kind: 'unreadable';
      side: 'base' | 'head';
      part: GoalpostPart;
      problems: readonly Problem[];
      loosens: true;
    }
  | { kind: 'rule_removed'; rule: Rule; loosens: true }
  | { kind: 'rule_added'; rule: Rule; loosens: false }
  | ({ kind: 'rule_changed'; differences: readonly RuleDifference[]; loosens: boolean } & Moved<Rule>)
  /** Cases that a rule demanded, and no longer does; `rule` as it was. */
  | { kind: 'must_pass_shrunk'; rule: MustPassRule; cases: readonly string[]; loosens: true }
  | ({ kind: 'on_undecided_changed'; loosens: boolean } & Moved<'block' | 'warn'>)
  | ({ kind: 'headline_changed'; loosens: true } & Moved<string>)
  /** Names of the fields or windows that were added, taken away, redefined, or moved to another place. */
  | { kind: 'fields_changed'; of: 'fields' | 'windows'; names: readonly string[]; loosens: true }
  | ({ kind: 'labels_file_switched'; loosens: true } & Moved<string>)
  | ({ kind: 'prompt_switched'; loosens: false } & Moved<string>)
  | { kind: 'goldens_deleted'; conversations: readonly string[]; cases: readonly string[]; loosens: true }
  | { kind: 'goldens_added'; conversations: readonly string[]; cases: readonly string[]; loosens: false }
  | { kind: 'text_changed'; conversation: string; loosens: true }
  | ({
      kind: 'conversation_changed';
      conversation: string;
      property: 'tags' | 'lang' | 'family';
      loosens: boolean;
    } & Moved<string | readonly string[]>)
  | { kind: 'label_changed'; case: string; fields: readonly LabelDifference[]; loosens: true }
  /** `worse`: those of `changed` in which a wrong answer is accepted now where a right one was. */
  | {
      kind: 'baseline_rewritten';
      path: string;
      changed: readonly string[];
      worse: readonly string[];
      added: readonly string[];
      loosens: boolean;
    }
  | { kind: 'baseline_lines_removed'; path: string; cases: readonly string[]; loosens: true }
  | { kind: 'baseline_deleted'; path: string; cases: number; loosens: true }
  | { kind: 'baseline_added'; path: string; cases: number; loosens: false }
  /** Of the same suite, for a model that is not being run. */
  | { kind: 'other_baseline_changed'; path: string; was: 'rewritten' | 'deleted'; loosens: true };

/** One field of a case's label: what was expected, and what is now. */
export interface LabelDifference extends Moved<Value> {
  field: keyof Label;
}
