import { type Turn, turn } from './conversation.ts';
import { exampleSpans } from './example-spans.ts';

/** A conversation that the prompt shows together with its answer. */
export interface WorkedExample {
  turns: Turn[];
  answer: ReadonlyMap<string, unknown>;
}

const MESSAGE = /<message\b([^>]*)>([\s\S]*?)<\/message[^>]*>/gi;
const ANSWER = /<answer\b[^>]*>([\s\S]*?)<\/answer>/i;
const CONVERSATION = /<conversation\b[^>]*>([\s\S]*?)<\/conversation[^>]*>/i;

/** The examples of a system text. One without a readable answer or without any text is left out. */
export function workedExamples(system: string): WorkedExample[] {
  return exampleSpans(system).flatMap(({ bodyStart, bodyEnd }) => {
    const body = system.slice(bodyStart, bodyEnd);
    const answer = readAnswer(ANSWER.exec(body)?.[1] ?? '');
    const turns = readMessages(body);
    return answer === null || turns.length === 0 ? [] : [{ turns, answer }];
  });
}

/** The system text without its examples, which would otherwise be read as instructions. */
export function withoutExamples(system: string): string {
  const spans = exampleSpans(system);
  const kept = [0, ...spans.map(({ end }) => end)].map((from, index) =>
    system.slice(from, spans[index]?.start),
  );
  return kept.join('\n');
}

/** Blanks alone before a speaker: a run of empty lines is not read once for each of them. */
const SPEAKER = /^[^\S\r\n\u2028\u2029]*(user|assistant)\s*:\s*/im;

function readMessages(body: string): Turn[] {
  const marked = [...body.matchAll(MESSAGE)].map(([, attributes = '', text = '']) =>
    turn(attributes, text.trim()),
  );
  if (marked.length > 0) return marked;
  const bare = (CONVERSATION.exec(body)?.[1] ?? body.replace(ANSWER, '')).trim();
  if (bare === '') return [];
  const spoken = bare.split(SPEAKER);
  if (spoken.length < 3) return [turn('', bare)];
  return spoken.flatMap((role, index) =>
    index % 2 === 0 ? [] : [turn(`role="${role.toLowerCase()}"`, (spoken[index + 1] ?? '').trim())],
  );
}

function readAnswer(text: string): Map<string, unknown> | null {
  const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  try {
    const answer: unknown = JSON.parse(json);
    return typeof answer === 'object' && answer !== null ? new Map(Object.entries(answer)) : null;
  } catch {
    return null;
  }
}
