import type { Problem } from '../errors/problem.ts';
import type { Goldens } from '../goldens/load.ts';
import { caseId } from '../plan/case.ts';
import { mendChoice, nearest, quote } from '../schema/check.ts';
import type { Rule, Where } from '../schema/suite.ts';
import type { LoadedSuite } from './load.ts';

/** The case of a label, as far as rules choose by it. */
interface Subject {
  id: string;
  conversation: string;
  window: string | null;
  lang: string;
  tags: readonly string[];
}

/**
 * Rules that are about nothing: tags, languages and windows that no case has, and cases of `must_pass` that
 * do not exist. Such a rule would never be decided.
 */
export function checkRulesAgainstGoldens(suite: LoadedSuite, goldens: Goldens): Problem[] {
  const subjects = goldens.labels.flatMap(({ id, window }): Subject[] => {
    const conversation = goldens.conversations.get(id);
    if (conversation === undefined) return [];
    return [{ ...conversation, id: caseId(id, window), conversation: id, window }];
  });
  return suite.suite.rules.flatMap((rule, index) =>
    faultsOf(rule, subjects).map(([what, mend]) => {
      return { file: suite.path, line: suite.line(index), id: rule.rule, what, mend };
    }),
  );
}

type Fault = [what: string, mend: string];

function faultsOf(rule: Rule, subjects: readonly Subject[]): Fault[] {
  if (rule.rule === 'budget') return [];
  const unknownCases = rule.rule === 'must_pass' ? unknownIds(rule.cases ?? [], subjects) : [];
  const faults = [...unknownCases, ...unknownConditions(rule.where ?? {}, subjects)];
  if (faults.length > 0 || subjects.some((subject) => isMeant(rule, subject))) return faults;
  return [['no case meets all conditions of the rule', 'Drop a condition, or add goldens that meet them']];
}

/** An id may be a case's, `c0002/opening`, or stand for all cases of a conversation. */
function unknownIds(ids: readonly string[], subjects: readonly Subject[]): Fault[] {
  const known = new Set(subjects.flatMap(({ id, conversation }) => [id, conversation]));
  return ids
    .filter((id) => !known.has(id))
    .map((id): Fault => {
      const meant = nearest(id, known);
      const mend = 'Name a conversation of the goldens, or a case such as c0002/opening';
      return [`unknown case ${quote(id)}`, meant === null ? mend : `Did you mean ${quote(meant)}? ${mend}`];
    });
}

function unknownConditions({ tag, lang, window }: Where, subjects: readonly Subject[]): Fault[] {
  const faults: Fault[] = [];
  const require = (name: string, value: string | undefined, known: Iterable<string>) => {
    const choice = [...new Set(known)].sort();
    if (value === undefined || choice.includes(value)) return;
    faults.push([`no case has the ${name} ${quote(value)}`, mendChoice(value, choice)]);
  };
  require('tag', tag, subjects.flatMap(({ tags }) => tags));
  require('language', lang, subjects.map((subject) => subject.lang));
  require('window', window, subjects.flatMap((subject) => subject.window ?? []));
  return faults;
}

function isMeant(rule: Exclude<Rule, { rule: 'budget' }>, subject: Subject): boolean {
  const { tag, lang, window } = rule.where ?? {};
  const cases = rule.rule === 'must_pass' ? rule.cases : undefined;
  return (
    (tag === undefined || subject.tags.includes(tag)) &&
    (lang === undefined || subject.lang === lang) &&
    (window === undefined || subject.window === window) &&
    (cases === undefined || cases.includes(subject.id) || cases.includes(subject.conversation))
  );
}
