import { cache } from './cache.ts';
import { exampleAnswer } from './example-answer.ts';
import { exampleContradiction } from './example-contradiction.ts';
import { exampleLeak } from './example-leak.ts';
import { fieldUnmentioned } from './field-unmentioned.ts';
import type { Finding, FindingOf, LintRule } from './finding.ts';
import { goldenQuoted } from './golden-quoted.ts';
import { labelDiffers } from './label-differs.ts';
import { labelUndescribed } from './label-undescribed.ts';
import { labelWithoutGolden } from './label-without-golden.ts';
import type { LintSubject } from './lint-subject.ts';
import { maxTokens } from './max-tokens.ts';
import { onUndecided } from './on-undecided.ts';
import { placeholder } from './placeholder.ts';
import { RuleExtremes } from './possible-rulings.ts';
import { ruleNeverFails, ruleNeverHolds } from './rule-reach.ts';
import { ruleRepeated } from './rule-repeated.ts';
import { ruleThin } from './rule-thin.ts';
import { tokensPerCall } from './tokens-per-call.ts';
import { windowUnnamed } from './window-unnamed.ts';

type Check = (subject: LintSubject, extremes: RuleExtremes) => FindingOf[];

const CHECKS: Readonly<Record<LintRule, Check>> = {
  'label-differs': labelDiffers,
  'label-undescribed': labelUndescribed,
  'field-unmentioned': fieldUnmentioned,
  'example-leak': exampleLeak,
  'golden-quoted': goldenQuoted,
  'example-contradiction': exampleContradiction,
  'example-answer': exampleAnswer,
  placeholder,
  'window-unnamed': windowUnnamed,
  cache,
  'tokens-per-call': tokensPerCall,
  'max-tokens': maxTokens,
  'rule-never-fails': ruleNeverFails,
  'rule-never-holds': ruleNeverHolds,
  'rule-repeated': ruleRepeated,
  'rule-thin': ruleThin,
  'label-without-golden': labelWithoutGolden,
  'on-undecided': onUndecided,
};

/** What the given checks find in a suite, its prompt and its goldens, one check after the other. */
export function lint(subject: LintSubject, rules: readonly LintRule[]): Finding[] {
  const extremes = new RuleExtremes(subject.work);
  return rules.flatMap((rule) => CHECKS[rule](subject, extremes).map((finding) => ({ ...finding, rule })));
}
