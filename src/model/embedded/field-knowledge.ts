import type { AnswerField } from './answer-fields.ts';
import type { Bag } from './bag.ts';
import { messagesOf, type Speaker } from './conversation.ts';
import type { Evidence, Rubric } from './rubric.ts';
import { speakerOf } from './speaker.ts';
import { termsOf, tokens } from './tokens.ts';

/** A text in the forms that are compared. */
export interface Reading {
  tokens: readonly string[];
  /** The terms of each message, or of each sentence of a description. */
  messages: readonly Bag[];
}

/** An example of the prompt as one field sees it. */
export interface FieldExample {
  reading: Reading;
  answer: unknown;
}

/** All that the prompt says about one field. */
export interface FieldKnowledge {
  speaker: Speaker;
  /** By label, in the field's order. */
  descriptions: Reading[];
  /** Whether the label is described, rather than only named in passing. */
  described: boolean[];
  examples: FieldExample[];
}

/** Gathers what a rubric says about a field. */
export function knowledgeOf(field: AnswerField, rubric: Rubric): FieldKnowledge {
  const evidence = field.labels.map((label) => evidenceFor(label, field, rubric));
  const described = evidence.map((own) => own.filter(({ kind }) => kind === 'description'));
  const speaker = speakerOf(
    [field.description, ...(rubric.about.get(field.name) ?? [])],
    described.flatMap((own) => own.map(({ text }) => text)),
  );
  return {
    speaker,
    descriptions: evidence.map((own) => joinReadings(own.map(({ text, weight }) => readText(text, weight)))),
    described: described.map((own) => own.length > 0),
    examples: rubric.examples
      .filter(({ answer }) => answer.has(field.name))
      .map(({ turns, answer }) => ({
        reading: joinReadings(messagesOf(turns, speaker).map(({ text }) => readText(text))),
        answer: answer.get(field.name),
      })),
  };
}

/** What is said of a label in its own field, or in another where its own leaves it undescribed. */
function evidenceFor(label: string, field: AnswerField, rubric: Rubric): Evidence[] {
  const all = rubric.evidence.filter((evidence) => evidence.label === label);
  const own = all.filter((evidence) => evidence.field === field.name || evidence.field === null);
  const borrows = field.kind !== 'boolean' && !own.some(({ kind }) => kind === 'description');
  return borrows ? all : own;
}

/** One text; its terms are counted with a weight. */
export function readText(text: string, weight = 1): Reading {
  const words = tokens(text);
  return { tokens: words, messages: [countTerms(words, weight)] };
}

/** Several texts, one after the other. */
export function joinReadings(parts: readonly Reading[]): Reading {
  return {
    tokens: parts.flatMap((part) => part.tokens),
    messages: parts.flatMap((part) => part.messages),
  };
}

/** Single terms, and pairs of neighbouring words: "tell him" and "I can't" say more than their parts. */
function countTerms(words: readonly string[], weight: number): Bag {
  const counts = new Map<string, number>();
  const count = (term: string) => counts.set(term, (counts.get(term) ?? 0) + weight);
  for (const [index, word] of words.entries()) {
    for (const term of termsOf(word)) count(term);
    if (index > 0) count(`${words[index - 1]} ${word}`);
  }
  return counts;
}
