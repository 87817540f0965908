import type { AnswerField } from './answer-fields.ts';
import type { Rubric } from './rubric.ts';

/** A set field that always holds the label of another field, and is empty where it cannot. */
export interface Containment {
  set: AnswerField;
  /** Name of the other field. */
  member: string;
}

/**
 * The containments that the prompt's examples show: every example with both fields obeys, and at least
 * one has a set to show it with.
 */
export function containmentsOf(rubric: Rubric): Containment[] {
  return rubric.fields
    .filter(({ kind }) => kind === 'set')
    .flatMap((set) =>
      rubric.fields
        .filter(
          (other) => other.kind === 'nominal' && other.labels.some((label) => set.labels.includes(label)),
        )
        .filter((other) => isShown(set, other, rubric))
        .map((other) => ({ set, member: other.name })),
    );
}

function isShown(set: AnswerField, other: AnswerField, { examples }: Rubric): boolean {
  const pairs = examples.flatMap(({ answer }) => {
    const listed = answer.get(set.name);
    return Array.isArray(listed) && answer.has(other.name)
      ? [{ listed, label: String(answer.get(other.name)) }]
      : [];
  });
  return (
    pairs.some(({ listed }) => listed.length > 0) &&
    pairs.every(({ listed, label }) =>
      set.labels.includes(label) ? listed.includes(label) : listed.length === 0,
    )
  );
}
