import type { AnswerField } from './answer-fields.ts';
import { booleanChooser } from './boolean.ts';
import { type Containment, containmentsOf } from './containment.ts';
import { messagesOf, type Speaker, type Turn } from './conversation.ts';
import { type FieldKnowledge, joinReadings, knowledgeOf, type Reading, readText } from './field-knowledge.ts';
import { nominalChooser } from './nominal.ts';
import { orderedChooser } from './ordered.ts';
import type { Rubric } from './rubric.ts';
import { setChooser } from './set.ts';

/** Answers a conversation with one value per field, in the schema's order. */
export type Classifier = (turns: readonly Turn[]) => Record<string, unknown>;

interface FieldChooser {
  field: AnswerField;
  speaker: Speaker;
  choose: (text: Reading) => unknown;
}

/** Learns a classifier from a rubric; its answers fit the rubric's schema whatever the conversation. */
export function classifierOf(rubric: Rubric): Classifier {
  const known = new Map(rubric.fields.map((field) => [field.name, knowledgeOf(field, rubric)]));
  const choosers = rubric.fields.flatMap((field): FieldChooser[] => {
    const own = known.get(field.name);
    return own === undefined
      ? []
      : [{ field, speaker: own.speaker, choose: chooserOf(field, own, rubric, known) }];
  });
  const containments = containmentsOf(rubric);
  return (turns) => {
    const texts = new Map<Turn, ReturnType<typeof readText>>();
    const read = (turn: Turn) => {
      const text = texts.get(turn) ?? readText(turn.text);
      texts.set(turn, text);
      return text;
    };
    const readings = new Map<Speaker, Reading>();
    const answer = new Map<string, unknown>();
    for (const { field, speaker, choose } of choosers) {
      const reading = readings.get(speaker) ?? joinReadings(messagesOf(turns, speaker).map(read));
      readings.set(speaker, reading);
      answer.set(field.name, choose(reading));
    }
    return Object.fromEntries(consistent(answer, rubric.fields, containments));
  };
}

function chooserOf(
  field: AnswerField,
  known: FieldKnowledge,
  rubric: Rubric,
  all: ReadonlyMap<string, FieldKnowledge>,
): (text: Reading) => unknown {
  switch (field.kind) {
    case 'nominal':
      return nominalChooser(field.labels, known);
    case 'ordered':
      return orderedChooser(field.labels, known);
    case 'set':
      return setChooser(field.labels, known);
    case 'boolean':
      return booleanChooser(known, reasonsFor(field, known, rubric, all));
    case 'fixed':
      return () => field.value;
  }
}

/** What is said of the labels that depend on a boolean field, where they are about the same speaker. */
function reasonsFor(
  field: AnswerField,
  known: FieldKnowledge,
  rubric: Rubric,
  all: ReadonlyMap<string, FieldKnowledge>,
): Reading[] {
  return rubric.fields.flatMap((other) => {
    const own = all.get(other.name);
    const depends = other.kind === 'nominal' && other.onlyWhere === field.name;
    return depends && own?.speaker === known.speaker ? own.descriptions : [];
  });
}

/** Makes the fields of an answer agree: no reason without its condition, no set without its member. */
function consistent(
  answer: ReadonlyMap<string, unknown>,
  fields: readonly AnswerField[],
  containments: readonly Containment[],
): Map<string, unknown> {
  const agreed = new Map(answer);
  for (const field of fields) {
    if (field.kind === 'nominal' && field.onlyWhere !== null && answer.get(field.onlyWhere) === false) {
      agreed.set(field.name, null);
    }
  }
  for (const { set, member } of containments) {
    const chosen = String(agreed.get(member));
    const listed = answer.get(set.name);
    const members = Array.isArray(listed) ? listed : [];
    agreed.set(
      set.name,
      set.labels.includes(chosen)
        ? set.labels.filter((label) => label === chosen || members.includes(label))
        : [],
    );
  }
  return agreed;
}
