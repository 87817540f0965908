import { formatProblem } from '../errors/problem.ts';
import type { Rule } from '../schema/suite.ts';
import { plural } from '../score/metric-text.ts';
import type { GoalpostChange, RuleDifference } from './goalpost-change.ts';

/** More ids than these are counted, not named. */
const MOST_IDS = 8;
/** Properties of a rule that its name has. */
const NAMING = ['rule', 'metric', 'field', 'where'];
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A change of the goalposts as a clause on one line of plain text, without a full stop. */
export function describeChange(change: GoalpostChange): string {
  return sentence(change).replace(UNSAFE, (unsafe) => `\\u{${unsafe.codePointAt(0)?.toString(16)}}`);
}

function sentence(change: GoalpostChange): string {
  switch (change.kind) {
    case 'suite_added':
      return `suite ${change.suite} is new`;
    case 'suite_removed':
      return `suite ${change.suite} removed`;
    case 'unreadable': {
      const [first] = change.problems;
      const more = change.problems.length > 1 ? ` (and ${change.problems.length - 1} more)` : '';
      const found = first === undefined ? '' : `: ${formatProblem(first).replace(/\.$/, '')}${more}`;
      return `${change.part} of the ${change.side} cannot be read${found}`;
    }
    case 'rule_removed':
      return `rule removed: ${wholeRule(change.rule)}`;
    case 'rule_added':
      return `rule added: ${wholeRule(change.rule)}`;
    case 'rule_changed': {
      const verb = change.loosens ? 'loosened' : 'tightened';
      return `rule ${verb}: ${nameOf(change.before)}: ${change.differences.map(difference).join(', ')}`;
    }
    case 'must_pass_shrunk':
      return `no longer required by ${nameOf(change.rule)}: ${listed(change.cases)}`;
    case 'on_undecided_changed':
      return `an undecided rule ${change.after === 'warn' ? 'no longer blocks, it only warns' : 'blocks now'}`;
    case 'headline_changed':
      return `headline changed: ${change.before} -> ${change.after}`;
    case 'fields_changed':
      return `${change.of} changed: ${listed(change.names)}`;
    case 'labels_file_switched':
      return `labels taken from another file: ${change.before}.jsonl -> ${change.after}.jsonl`;
    case 'prompt_switched':
      return `prompt taken from another file: ${change.before} -> ${change.after}`;
    case 'goldens_deleted':
      return `goldens deleted: ${goldens(change)}`;
    case 'goldens_added':
      return `goldens added: ${goldens(change)}`;
    default:
      return sentenceOnContent(change);
  }
}

type ContentChange = Extract<
  GoalpostChange,
  { kind: 'text_changed' | 'conversation_changed' | 'label_changed' | `${string}baseline${string}` }
>;

function sentenceOnContent(change: ContentChange): string {
  switch (change.kind) {
    case 'text_changed':
      return `text of conversation ${change.conversation} changed`;
    case 'conversation_changed': {
      const { property, before, after } = change;
      return `${property} of conversation ${change.conversation} changed: ${show(before)} -> ${show(after)}`;
    }
    case 'label_changed': {
      const fields = change.fields.map(
        ({ field, before, after }) => `${field} ${show(before)} -> ${show(after)}`,
      );
      return `label of ${change.case} changed: ${fields.join(', ')}`;
    }
    case 'baseline_rewritten': {
      const { changed, worse, added } = change;
      const clauses = [
        changed.length === 0 ? 'no accepted answer changed' : `answers changed in ${counted(changed)}`,
        ...(worse.length === 0 ? [] : [`${counted(worse)} wrong now and right before`]),
        ...(added.length === 0 ? [] : [`${plural(added.length, 'case')} added`]),
      ];
      return `baseline rewritten: ${change.path}: ${clauses.join('; ')}`;
    }
    case 'baseline_lines_removed':
      return `lines removed from the baseline: ${change.path}: ${counted(change.cases)}`;
    case 'baseline_deleted':
      return `baseline deleted: ${change.path} (${plural(change.cases, 'case')})`;
    case 'baseline_added':
      return `baseline added: ${change.path} (${plural(change.cases, 'case')})`;
    case 'other_baseline_changed':
      return `baseline of another model ${change.was}: ${change.path}`;
  }
}

/** `floor primary.accuracy of lang:zh`: a rule in the words of the suite's file, without its limits. */
function nameOf(rule: Rule): string {
  const about = 'metric' in rule ? rule.metric : 'field' in rule ? rule.field : undefined;
  const where = 'where' in rule && rule.where !== undefined ? `of ${show(rule.where)}` : undefined;
  return [rule.rule, about, where].filter((part) => part !== undefined).join(' ');
}

/** The same with its limits: `floor primary.accuracy of lang:zh (min 0.8)`. */
function wholeRule(rule: Rule): string {
  const limits = Object.entries(rule).filter(([name]) => !NAMING.includes(name));
  const shown = limits.map(([name, value]) => `${name} ${show(value)}`).join(', ');
  return shown === '' ? nameOf(rule) : `${nameOf(rule)} (${shown})`;
}

function difference({ property, before, after }: RuleDifference): string {
  return `${property} ${show(before)} -> ${show(after)}`;
}

function goldens({ conversations, cases }: { conversations: readonly string[]; cases: readonly string[] }) {
  return [
    ...(conversations.length === 0 ? [] : [counted(conversations, 'conversation')]),
    ...(cases.length === 0 ? [] : [counted(cases, 'label')]),
  ].join(', ');
}

/** `2 cases (c0002, c0004)`. */
function counted(ids: readonly string[], noun = 'case'): string {
  return `${plural(ids.length, noun)} (${listed(ids)})`;
}

function listed(ids: readonly string[]): string {
  const rest = ids.length - MOST_IDS;
  return rest > 0 ? `${ids.slice(0, MOST_IDS).join(', ')} and ${rest} more` : ids.join(', ');
}

/** A value of a suite or a label: words as they are, lists joined, conditions as `tag:critical`. */
function show(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  if (Array.isArray(value)) return listed(value.map(show));
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value).map(([name, inner]) => `${name}:${show(inner)}`);
  return entries.join(', ');
}
