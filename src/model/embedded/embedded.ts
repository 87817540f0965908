import type { AnswerSchema, ModelRequest } from '../model.ts';
import { type Classifier, classifierOf } from './classifier.ts';
import { readTurns } from './conversation.ts';
import { readRubric } from './rubric.ts';

/** Prompts kept in learned form: more than a run compares at once. */
const KEPT = 8;
const learned = new Map<string, Classifier>();

/**
 * Answers a request as a model would, in process: the system text's descriptions and examples are all
 * it knows, and the conversation is matched against them (nearest centroid; valence for ordered fields).
 * A floor, not a judge. Deterministic, and linear in the length of the conversation.
 *
 * @returns the JSON text of an answer that fits the request's schema
 */
export function answerEmbedded(request: ModelRequest): string {
  return JSON.stringify(learn(request.system, request.schema)(readTurns(request.user)));
}

/** What a prompt teaches depends on the prompt alone, so it is learned once for all its conversations. */
function learn(system: string, schema: AnswerSchema): Classifier {
  const key = JSON.stringify([schema, system]);
  const classifier = learned.get(key) ?? classifierOf(readRubric(system, schema));
  learned.delete(key);
  learned.set(key, classifier);
  for (const oldest of learned.keys()) {
    if (learned.size <= KEPT) break;
    learned.delete(oldest);
  }
  return classifier;
}
