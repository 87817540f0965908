import type { Speaker } from './conversation.ts';
import { sentencesOf } from './sentences.ts';

const SUBJECT = /\b(?:(assistant|chatbot|ai)|(user|person|human|customer|client|speaker))(?:'s|s)?\b/i;

/**
 * Whose messages a field is judged from, as the prompt words it: what is said of the field as a whole
 * first, then what is said of its labels; where the two differ, both. In each sentence the one who is
 * named first counts, being the subject more often than not. The person where nothing is said.
 */
export function speakerOf(aboutField: readonly string[], aboutLabels: readonly string[]): Speaker {
  const field = vote(aboutField);
  const labels = vote(aboutLabels);
  if (field === null) return labels ?? 'user';
  return labels === null || labels === field ? field : 'both';
}

function vote(texts: readonly string[]): Speaker | null {
  let balance = 0;
  for (const sentence of texts.flatMap((text) => sentencesOf(text))) {
    const subject = SUBJECT.exec(sentence.text);
    if (subject !== null) balance += subject[1] === undefined ? -1 : 1;
  }
  return balance === 0 ? null : balance > 0 ? 'assistant' : 'user';
}
