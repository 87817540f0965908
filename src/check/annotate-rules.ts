import type { Comparison } from '../compare/compare.ts';
import type { GuardedJudgement } from '../goalposts/judge-guarded.ts';
import { matchesWhere } from '../judge/case-matches.ts';
import { type RuleVerdict, ruleName } from '../judge/verdict.ts';
import { plural } from '../score/metric-text.ts';
import type { Place, SuitePlaces } from './annotate-places.ts';

/** A message and where it belongs: file and line from the project's root. */
export interface Remark extends Place {
  level: 'error' | 'warning';
  title: string;
  message: string;
}

/** More broken cases than these are counted, not named. */
const MOST_IDS = 10;

/**
 * A remark for each rule that regressed, or that is undecided, with what was found and the cases that broke: on
 * the first changed line of the prompt, else of the suite's file, else of the labels.
 */
export function ruleRemarks({ assessment }: GuardedJudgement, places: SuitePlaces): Remark[] {
  const { verdict, comparison, run } = assessment;
  return verdict.rules.flatMap((each): Remark[] => {
    if (each.ruling === 'held') return [];
    const isError = each.ruling === 'regressed' || run.suite.on_undecided === 'block';
    const { found, ids } = findingOf(each, comparison);
    const broken = ids.length === 0 ? '' : `\nBroken: ${namedIds(ids)}.`;
    return [
      {
        ...placeOfRules(places),
        level: isError ? 'error' : 'warning',
        title: `${verdict.suite}: ${each.ruling}, ${ruleName(each.rule)}`,
        message: `${found}.${broken}`,
      },
    ];
  });
}

function placeOfRules({ prompt, suiteFile, labels, linesChanged }: SuitePlaces): Place {
  for (const file of [prompt, suiteFile, labels]) {
    const lines = linesChanged(file);
    if (lines !== null) return { file, line: lines[0] ?? null };
  }
  return { file: prompt, line: null };
}

/**
 * Remarks on lines of labels and conversations that the change made itself, each of a case that broke: what was
 * expected, what the answer was and what it is now, by field.
 */
export function caseRemarks({ assessment }: GuardedJudgement, places: SuitePlaces): Remark[] {
  const { verdict, comparison } = assessment;
  const sayings = new Map<string, string[]>();
  const note = (id: string, text: string) => sayings.set(id, [...(sayings.get(id) ?? []), text]);
  for (const { id, field, change, expected, before, now } of Object.values(comparison?.flips ?? {}).flat()) {
    if (change === 'broken') note(id, `${field}: expected ${expected}, was ${before}, now ${now}`);
  }
  for (const each of verdict.rules) {
    if (each.ruling !== 'regressed' || each.rule.rule !== 'must_pass') continue;
    for (const id of findingOf(each, comparison).ids) note(id, `breaks the rule: ${ruleName(each.rule)}`);
  }
  const { labels, conversations, labelLine, conversationLine, linesChanged } = places;
  const lineIn = [
    { file: labels, lineOf: labelLine },
    { file: conversations, lineOf: (id: string) => conversationLine(id.split('/')[0] ?? id) },
  ];
  return lineIn.flatMap(({ file, lineOf }) => {
    const made = new Set(linesChanged(file));
    if (made.size === 0) return [];
    return [...sayings].flatMap(([id, texts]): Remark[] => {
      const line = lineOf(id);
      if (line === null || !made.has(line)) return [];
      return [
        { file, line, level: 'warning', title: `${verdict.suite}: ${id} broke`, message: texts.join('\n') },
      ];
    });
  });
}

/** What was found, without the ids of cases, and these. */
function findingOf(
  { rule, ruling, because }: RuleVerdict,
  comparison: Comparison | null,
): { found: string; ids: string[] } {
  if (rule.rule === 'budget') return { found: because, ids: [] };
  if (rule.rule === 'must_pass') {
    const colon = because.lastIndexOf(': ');
    if (ruling !== 'regressed' || colon === -1) return { found: because, ids: [] };
    return { found: because.slice(0, colon), ids: because.slice(colon + 2).split(' ') };
  }
  const [field = ''] = rule.metric.split('.');
  const concerned = new Set(
    comparison?.pairs.flatMap(({ now }) => (matchesWhere(rule.where, now) ? [now.id] : [])),
  );
  const flips = comparison?.flips[field] ?? [];
  const broken = flips.filter(({ id, change }) => change === 'broken' && concerned.has(id));
  return { found: because, ids: broken.map(({ id }) => id) };
}

function namedIds(ids: readonly string[]): string {
  const named = ids.slice(0, MOST_IDS).join(', ');
  return ids.length > MOST_IDS ? `${named} and ${plural(ids.length - MOST_IDS, 'more case')}` : named;
}
