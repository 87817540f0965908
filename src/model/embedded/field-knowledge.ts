import type { AnswerField } from './answer-fields.ts';
import { messagesOf, type Speaker } from './conversation.ts';
import { type Bag, mergeBags } from './naive-bayes.ts';
import type { Evidence, Rubric } from './rubric.ts';
import { speakerOf } from './speaker.ts';
import { termsOf, tokens } from './tokens.ts';

/** A text in the forms that are compared. */
export interface Reading {
  tokens: readonly string[];
  terms: Bag;
  /** The terms of each message. */
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

/** Tokens and term counts of one text, each token counted with a weight. */
export function readText(text: string, weight = 1): Omit<Reading, 'messages'> {
  const words = tokens(text);
  return { tokens: words, terms: countTerms(words, weight) };
}

/** Messages, or sentences, read as one text. */
export function joinReadings(parts: readonly Omit<Reading, 'messages'>[]): Reading {
  const messages = parts.map(({ terms }) => terms);
  return { tokens: parts.flatMap((part) => part.tokens), terms: mergeBags(messages), messages };
}

function countTerms(words: readonly string[], weight: number): Map<string, number> {
  const tokenCounts = new Map<string, number>();
  for (const word of words) tokenCounts.set(word, (tokenCounts.get(word) ?? 0) + weight);
  const terms = new Map<string, number>();
  for (const [word, count] of tokenCounts) {
    for (const term of termsOf(word)) terms.set(term, (terms.get(term) ?? 0) + count);
  }
  return terms;
}
