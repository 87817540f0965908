import { canonicalJson } from '../plan/fingerprint.ts';
import type { Rule } from '../schema/suite.ts';
import type { RuleDifference } from './goalpost-change.ts';

/** Rules of two versions of a suite, each with its counterpart where it has one. */
export interface RulePairs {
  /** In the order of the old version. */
  pairs: { before: Rule; after: Rule }[];
  removed: Rule[];
  added: Rule[];
}

/** From the surest sign that two rules are the same one to the weakest; the last leaves their order to decide. */
const SIGNS: readonly ((rule: Rule) => string)[] = [
  canonicalJson,
  (rule) => canonicalJson([rule.rule, aboutOf(rule), 'where' in rule ? rule.where : null]),
  (rule) => canonicalJson([rule.rule, aboutOf(rule)]),
  (rule) => rule.rule,
];

function aboutOf(rule: Rule): string | undefined {
  return 'metric' in rule ? rule.metric : 'field' in rule ? rule.field : undefined;
}

/**
 * Finds each rule's counterpart: the equal one; else of the same kind, metric and `where`; else of the same
 * kind and metric; else the next of its kind.
 */
export function pairRules(before: readonly Rule[], after: readonly Rule[]): RulePairs {
  const counterparts = new Map<Rule, Rule>();
  const added = new Set(after);
  for (const sign of SIGNS) {
    for (const rule of before.filter((each) => !counterparts.has(each))) {
      const match = [...added].find((candidate) => sign(candidate) === sign(rule));
      if (match === undefined) continue;
      counterparts.set(rule, match);
      added.delete(match);
    }
  }
  const pairs = before.flatMap((rule) => {
    const match = counterparts.get(rule);
    return match === undefined ? [] : [{ before: rule, after: match }];
  });
  return { pairs, removed: before.filter((rule) => !counterparts.has(rule)), added: [...added] };
}

/** Every property in which two rules of one kind differ, in the order of their names. */
export function ruleDifferences(before: Rule, after: Rule): RuleDifference[] {
  const old: Properties = { ...before };
  const now: Properties = { ...after };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => comparable(old[name]) !== comparable(now[name]))
    .map((property) => {
      const [was, is] = [old[property], now[property]];
      const direction = directionOf(before.rule, property, was, is);
      return { property, before: was ?? null, after: is ?? null, direction };
    });
}

type Properties = Readonly<Record<string, unknown>>;
type Direction = RuleDifference['direction'];

/** Lists of a rule are sets. */
function comparable(value: unknown): string {
  return canonicalJson(Array.isArray(value) ? value.map(canonicalJson).sort() : value);
}

/** A property that is not spoken of here may mean anything, so a change of it is `incomparable`. */
function directionOf(kind: Rule['rule'], property: string, before: unknown, after: unknown): Direction {
  switch (property) {
    case 'min':
    case 'alpha':
      return byOrder(after, before);
    case 'margin':
      return byOrder(before, after);
    case 'max_invalid':
    case 'max_usd':
    case 'max_seconds':
      return byOrder(before ?? Number.POSITIVE_INFINITY, after ?? Number.POSITIVE_INFINITY);
    case 'known_failures':
      return byPresence(after, before);
    case 'field':
      return byPresence(after, before);
    case 'cases':
      return bySubset(listOf(before), listOf(after));
    case 'where':
      return kind === 'must_pass' ? bySubset(conditionsOf(after), conditionsOf(before)) : 'incomparable';
    default:
      return 'incomparable';
  }
}

/** `looser` where `lesser` is less than `greater`: pass a maximum old first, a minimum new first. */
function byOrder(lesser: unknown, greater: unknown): Direction {
  if (typeof lesser !== 'number' || typeof greater !== 'number') return 'incomparable';
  return lesser < greater ? 'looser' : 'tighter';
}

/** `looser` where only `loosening` is given, `tighter` where only `tightening` is. */
function byPresence(loosening: unknown, tightening: unknown): Direction {
  if (tightening === undefined) return 'looser';
  return loosening === undefined ? 'tighter' : 'incomparable';
}

/** `looser` where the second is part of the first, `tighter` the other way round; null stands for everything. */
function bySubset(first: readonly string[] | null, second: readonly string[] | null): Direction {
  if (first === null) return 'looser';
  if (second === null) return 'tighter';
  if (second.every((item) => first.includes(item))) return 'looser';
  return first.every((item) => second.includes(item)) ? 'tighter' : 'incomparable';
}

function listOf(value: unknown): string[] | null {
  return Array.isArray(value) ? value.map(String) : null;
}

function conditionsOf(where: unknown): string[] {
  return Object.entries(Object(where)).map((condition) => canonicalJson(condition));
}
