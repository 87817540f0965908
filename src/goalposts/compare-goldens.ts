import { canonicalJson } from '../plan/fingerprint.ts';
import type { Label, Value } from '../schema/run-record.ts';
import type { Rule } from '../schema/suite.ts';
import type { GoalpostChange, LabelDifference } from './goalpost-change.ts';
import type { Goalposts } from './read-goalposts.ts';

/**
 * What a change does to conversations and labels. A part that the base does not have, or that cannot be read
 * there, is not compared.
 *
 * @param rules of both versions: a tag or language matters where one of them chooses by it
 */
export function compareGoldens(base: Goalposts, head: Goalposts, rules: readonly Rule[]): GoalpostChange[] {
  return [
    ...lostAndFound(base, head),
    ...compareConversations(base, head, rules),
    ...compareLabels(base, head),
  ];
}

function lostAndFound(base: Goalposts, head: Goalposts): GoalpostChange[] {
  const lost = {
    conversations: idsMissing(base.conversations, head.conversations),
    cases: idsMissing(base.labels, head.labels),
  };
  const found = {
    conversations: base.conversations === null ? [] : idsMissing(head.conversations, base.conversations),
    cases: base.labels === null ? [] : idsMissing(head.labels, base.labels),
  };
  const isSome = ({ conversations, cases }: typeof lost) => conversations.length + cases.length > 0;
  return [
    ...(isSome(lost) ? [{ kind: 'goldens_deleted', ...lost, loosens: true } as const] : []),
    ...(isSome(found) ? [{ kind: 'goldens_added', ...found, loosens: false } as const] : []),
  ];
}

/** Ids of the first that the second does not have, sorted. */
function idsMissing(
  from: ReadonlyMap<string, unknown> | null,
  other: ReadonlyMap<string, unknown> | null,
): string[] {
  return [...(from?.keys() ?? [])].filter((id) => other?.has(id) !== true).sort();
}

function compareConversations(base: Goalposts, head: Goalposts, rules: readonly Rule[]): GoalpostChange[] {
  return [...(base.conversations ?? [])].flatMap(([conversation, before]): GoalpostChange[] => {
    const after = head.conversations?.get(conversation);
    if (after === undefined) return [];
    const moved = (property: 'tags' | 'lang' | 'family', loosens: boolean): GoalpostChange[] => {
      const [was, is] = [asSet(before[property]), asSet(after[property])];
      if (canonicalJson(was) === canonicalJson(is)) return [];
      return [{ kind: 'conversation_changed', conversation, property, before: was, after: is, loosens }];
    };
    const chosenBy = conditionsOf(rules);
    const changedTags = [...before.tags, ...after.tags].filter(
      (tag) => before.tags.includes(tag) !== after.tags.includes(tag),
    );
    return [
      ...(before.text === after.text ? [] : [{ kind: 'text_changed', conversation, loosens: true } as const]),
      ...moved(
        'tags',
        changedTags.some((tag) => chosenBy.has(`tag:${tag}`)),
      ),
      ...moved('lang', chosenBy.has(`lang:${before.lang}`) || chosenBy.has(`lang:${after.lang}`)),
      ...moved('family', false),
    ];
  });
}

/** Every tag and language that a rule chooses cases by. */
function conditionsOf(rules: readonly Rule[]): Set<string> {
  return new Set(
    rules.flatMap((rule) => {
      const { tag, lang } = ('where' in rule ? rule.where : undefined) ?? {};
      return [`tag:${tag}`, `lang:${lang}`];
    }),
  );
}

function compareLabels(base: Goalposts, head: Goalposts): GoalpostChange[] {
  return [...(base.labels ?? [])].flatMap(([id, before]): GoalpostChange[] => {
    const after = head.labels?.get(id);
    const fields = after === undefined ? [] : labelDifferences(before, after);
    return fields.length === 0 ? [] : [{ kind: 'label_changed', case: id, fields, loosens: true }];
  });
}

/** Fields that only one version has are a change of the suite, not of its labels. */
function labelDifferences(before: Label, after: Label): LabelDifference[] {
  return Object.entries(before).flatMap(([field, value]) => {
    const now = after[field];
    if (now === undefined || canonicalJson(asSet(value)) === canonicalJson(asSet(now))) return [];
    return [{ field, before: value, after: now }];
  });
}

function asSet<T extends Value>(value: T): T | string[] {
  return Array.isArray(value) ? value.toSorted() : value;
}
