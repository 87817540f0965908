import type { Label, Value } from '../schema/run-record.ts';
import { fieldValue, type Task } from '../task/task.ts';

/** A vote on a whole label, as label lines and open lines hold it. */
interface LabelVote {
  by: string;
  label: Label;
  unsure: boolean;
}

/** What annotators judged once: a conversation, or a window of it. */
export interface Voted {
  id: string;
  window: string | null;
  /** Conversations of one family are not independent. */
  family: string;
  /** Null where it is not settled yet. */
  label: Label | null;
  /** Whether somebody decided it whatever the votes say. */
  adjudicated: boolean;
  votes: readonly LabelVote[];
}

/** The cases on which one of these annotators voted, with their votes alone. */
export function votedBy(voted: readonly Voted[], names: readonly string[]): Voted[] {
  return voted
    .map((each) => ({ ...each, votes: each.votes.filter(({ by }) => names.includes(by)) }))
    .filter(({ votes }) => votes.length > 0);
}

/** What was judged, seen from one field: every value as the name of a class. */
export interface FieldUnit {
  family: string;
  label: string | null;
  adjudicated: boolean;
  votes: readonly { by: string; value: string }[];
}

/** The class of a field that does not apply, and of a set without labels. No label can be called so. */
export const NONE = '(none)';

const SET_SEPARATOR = ' + ';

/**
 * What was judged, from one field's side. A set becomes one class, its labels joined, so that two are equal where the
 * sets are. A field with `only_where` has no unit where neither the label nor a vote says that it applies.
 */
export function fieldUnits(task: Pick<Task, 'fields'>, name: string, voted: readonly Voted[]): FieldUnit[] {
  const units = voted.map(({ family, label, adjudicated, votes }) => ({
    family,
    label: label === null ? null : className(fieldValue(task, name, label)),
    adjudicated,
    votes: votes.map(({ by, label: given }) => ({ by, value: className(fieldValue(task, name, given)) })),
  }));
  const field = task.fields[name];
  return field?.kind === 'nominal' && field.only_where !== undefined
    ? units.filter(
        ({ label, votes }) => (label ?? NONE) !== NONE || votes.some(({ value }) => value !== NONE),
      )
    : units;
}

/** The same units, asked only whether the set has one label: classes `true` and `false`. */
export function membershipUnits(units: readonly FieldUnit[], label: string): FieldUnit[] {
  const has = (value: string) => String(membersOf(value).includes(label));
  return units.map((unit) => ({
    ...unit,
    label: unit.label === null ? null : has(unit.label),
    votes: unit.votes.map(({ by, value }) => ({ by, value: has(value) })),
  }));
}

/** The labels of a set that `fieldUnits` made a class of. */
export function membersOf(value: string): string[] {
  return value === NONE ? [] : value.split(SET_SEPARATOR);
}

function className(value: Value): string {
  if (Array.isArray(value)) return value.length === 0 ? NONE : value.join(SET_SEPARATOR);
  return String(value ?? NONE);
}
