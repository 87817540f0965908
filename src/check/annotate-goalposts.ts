import { baselineFileName } from '../baseline/baseline.ts';
import { pairRules } from '../goalposts/compare-rules.ts';
import { describeChange } from '../goalposts/describe-change.ts';
import type { GoalpostChange, GoalpostPart } from '../goalposts/goalpost-change.ts';
import type { GuardedJudgement } from '../goalposts/judge-guarded.ts';
import { canonicalJson } from '../plan/fingerprint.ts';
import type { ValuePath } from '../schema/check.ts';
import type { Rule } from '../schema/suite.ts';
import type { Place, SuitePlaces } from './annotate-places.ts';
import type { Remark } from './annotate-rules.ts';

/** A remark for each change that loosens the goalposts, while a person must allow it: where the change stands. */
export function goalpostRemarks({ assessment, guard }: GuardedJudgement, places: SuitePlaces): Remark[] {
  if (guard === null || !guard.verdict.needsPerson) return [];
  const { name } = assessment.run.suite;
  const baseline = `suites/baselines/${baselineFileName(name, assessment.run.model)}`;
  const rulesBefore = guard.base.suite?.suite.rules ?? [];
  return guard.changes
    .filter(({ loosens }) => loosens)
    .map((change) => ({
      ...placeOf(change, { places, baseline, rulesBefore }),
      level: 'warning',
      title: `${name}: the goalposts move`,
      message: `${describeChange(change)}.\nThis loosens the goalposts, so a person must allow it.`,
    }));
}

interface Surroundings {
  places: SuitePlaces;
  /** Path of the baseline of the model that is run. */
  baseline: string;
  /** The base's. */
  rulesBefore: readonly Rule[];
}

function placeOf(change: GoalpostChange, { places, baseline, rulesBefore }: Surroundings): Place {
  const { suiteFile, labels, conversations } = places;
  const inSuite = (...path: ValuePath): Place => ({ file: suiteFile, line: places.suiteLine(path) });
  const whole = (file: string): Place => ({ file, line: null });
  switch (change.kind) {
    case 'suite_added':
    case 'suite_removed':
    case 'rule_removed':
      return whole(suiteFile);
    case 'unreadable':
      return {
        file: fileOf(change.part, { places, baseline }),
        line: change.side === 'head' ? (change.problems[0]?.line ?? null) : null,
      };
    case 'rule_added':
      return inSuite('rules', ruleIndex(change.rule, places));
    case 'rule_changed': {
      const index = ruleIndex(change.after, places);
      const decisive = change.differences.find(({ direction }) => direction !== 'tighter');
      const property = inSuite('rules', index, decisive?.property ?? 'rule');
      return property.line === null ? inSuite('rules', index) : property;
    }
    case 'must_pass_shrunk': {
      const { pairs } = pairRules(rulesBefore, places.suite?.suite.rules ?? []);
      const pair = pairs.find(({ before }) => canonicalJson(before) === canonicalJson(change.rule));
      return inSuite('rules', pair === undefined ? -1 : ruleIndex(pair.after, places));
    }
    case 'on_undecided_changed':
      return inSuite('on_undecided');
    case 'headline_changed':
      return inSuite('headline');
    case 'labels_file_switched':
      return inSuite('labels');
    case 'prompt_switched':
      return inSuite('prompt');
    case 'fields_changed': {
      const present = change.names.map((name) => inSuite(change.of, name)).find(({ line }) => line !== null);
      return present ?? inSuite(change.of);
    }
    case 'goldens_deleted':
    case 'goldens_added':
      return whole(change.conversations.length > 0 ? conversations : labels);
    case 'text_changed':
    case 'conversation_changed':
      return { file: conversations, line: places.conversationLine(change.conversation) };
    case 'label_changed':
      return { file: labels, line: places.labelLine(change.case) };
    case 'baseline_rewritten':
    case 'baseline_lines_removed':
    case 'baseline_deleted':
    case 'baseline_added':
      return whole(baseline);
    case 'other_baseline_changed':
      return whole(change.path);
  }
}

function fileOf(part: GoalpostPart, { places, baseline }: Pick<Surroundings, 'places' | 'baseline'>): string {
  switch (part) {
    case 'suite':
      return places.suiteFile;
    case 'conversations':
      return places.conversations;
    case 'labels':
      return places.labels;
    case 'baseline':
      return baseline;
  }
}

/** -1 where the change has no such rule. */
function ruleIndex(rule: Rule, { suite }: SuitePlaces): number {
  const wanted = canonicalJson(rule);
  return suite?.suite.rules.findIndex((each) => canonicalJson(each) === wanted) ?? -1;
}
