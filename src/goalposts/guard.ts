import type { Field } from '../schema/field.ts';
import type { Label, RunRecord } from '../schema/run-record.ts';
import type { Rule } from '../schema/suite.ts';
import { plural } from '../score/metric-text.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { findMetric } from '../suite/metric-problem.ts';
import { pairRules, ruleDifferences } from './compare-rules.ts';
import type { GoalpostChange } from './goalpost-change.ts';
import type { Goalposts } from './read-goalposts.ts';

/**
 * The suite that a change is judged by while nobody has allowed it to move the goalposts: the stricter of the
 * base's and its own. Of a rule that only loosened the base's version counts, of one that only tightened the
 * head's, of any other both; rules that were removed stay, rules that were added count. An undecided rule
 * blocks where either says so. What is asked (fields, windows, prompt) is the head's.
 *
 * Comparisons with the baseline do not become more than the base has: Holm's correction would make each of
 * them harder to fail. A rule about a field or window that the head no longer has cannot be measured and is
 * left out; its removal is itself a change that loosens.
 */
export function guardedSuite(head: LoadedSuite, base: Pick<Goalposts, 'suite'>): LoadedSuite {
  if (base.suite === null) return head;
  const old = base.suite;
  const { pairs, removed, added } = pairRules(old.suite.rules, head.suite.rules);
  const isCorrected = ({ rule }: Rule) => rule === 'no_worse_than_baseline';
  const kept = new Map<Rule, LoadedSuite>(removed.map((rule) => [rule, old]));
  for (const { before, after } of pairs) {
    const directions = ruleDifferences(before, after).map(({ direction }) => direction);
    const onlyTighter = directions.every((direction) => direction === 'tighter');
    const onlyLooser = directions.every((direction) => direction === 'looser');
    if (!onlyTighter) kept.set(before, old);
    if (onlyTighter || (!onlyLooser && !isCorrected(after))) kept.set(after, head);
  }
  const mayCompareMore = !old.suite.rules.some(isCorrected);
  for (const rule of added) if (mayCompareMore || !isCorrected(rule)) kept.set(rule, head);
  const rules = [...kept.keys()].filter((rule) => isMeasurable(rule, head));
  const lineOf = (rule: Rule | undefined) => {
    const source = rule === undefined ? undefined : kept.get(rule);
    return rule === undefined || source === undefined ? 1 : source.line(source.suite.rules.indexOf(rule));
  };
  const onUndecided = [old.onUndecided, head.onUndecided].includes('block') ? 'block' : 'warn';
  const headline = hasMetric(old.suite.headline, head) ? old.suite.headline : head.suite.headline;
  return {
    ...head,
    suite: { ...head.suite, headline, rules, on_undecided: onUndecided },
    onUndecided,
    line: (ruleIndex) => lineOf(rules[ruleIndex]),
  };
}

function isMeasurable(rule: Rule, { suite }: LoadedSuite): boolean {
  if (rule.rule === 'budget') return true;
  const window = rule.where?.window;
  if (window !== undefined && !Object.hasOwn(suite.windows ?? {}, window)) return false;
  if (rule.rule !== 'must_pass') return hasMetric(rule.metric, { suite });
  return rule.field === undefined || Object.hasOwn(suite.fields, rule.field);
}

function hasMetric(name: string, { suite }: Pick<LoadedSuite, 'suite'>): boolean {
  const fields = new Map<string, Field>(Object.entries(suite.fields));
  return findMetric(name, [...fields.keys()], fields).kind === 'metric';
}

/**
 * The same run, scored with other labels: a case that `labels` has is expected to be what they say, every
 * other keeps what it has. Fields that `labels` do not know, being new, keep their value too.
 */
export function withLabels(run: RunRecord, labels: ReadonlyMap<string, Label>): RunRecord {
  const cases = run.cases.map((each) => {
    const label = labels.get(each.id);
    if (label === undefined) return each;
    const expected = Object.entries(each.expected).map(([name, value]) => {
      const other = label[name];
      return [name, other === undefined ? value : inOrder(other, run.suite.fields[name])];
    });
    return { ...each, expected: Object.fromEntries(expected) };
  });
  return { ...run, cases };
}

/** Sets are written in the order of the suite's labels, which may have changed. */
function inOrder(value: Label[string], field: Field | undefined): Label[string] {
  if (!Array.isArray(value) || field?.kind !== 'set') return value;
  const place = (label: string) => (field.labels.includes(label) ? field.labels.indexOf(label) : Infinity);
  return value.toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

/** What the changes of the goalposts mean for the gate. */
export interface GoalpostVerdict {
  /** Whether the gate stays closed (exit 1) until a person allows the changes, whatever the rules say. */
  needsPerson: boolean;
  /** One sentence, without the suite's name. */
  sentence: string;
}

/**
 * A change that loosens its own goalposts does not land by itself.
 *
 * @param allowed whether a person has said that these changes are meant
 */
export function goalpostVerdict(changes: readonly GoalpostChange[], allowed: boolean): GoalpostVerdict {
  const loosening = changes.filter(({ loosens }) => loosens).length;
  if (changes.length === 0) return { needsPerson: false, sentence: 'The goalposts did not move.' };
  const moved = `${plural(changes.length, 'change')} of the goalposts`;
  if (loosening === 0) return { needsPerson: false, sentence: `${moved}, none of which loosens them.` };
  const loosened = `${moved}, ${loosening} of which ${loosening === 1 ? 'loosens' : 'loosen'} them`;
  return allowed
    ? { needsPerson: false, sentence: `${loosened}: allowed.` }
    : { needsPerson: true, sentence: `${loosened}: needs a person.` };
}
