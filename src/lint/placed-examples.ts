import { exampleSpans } from '../model/embedded/example-spans.ts';
import { type WorkedExample, workedExamples } from '../model/embedded/worked-examples.ts';

/** An example of a prompt and where it stands. Offsets are those of the file's text. */
export interface PlacedExample {
  from: number;
  to: number;
  /** Null where no conversation with a readable answer was found in it. */
  example: WorkedExample | null;
  /** Where its answer begins; where the example does, if it has none. */
  answerAt: number;
  /** Names of windows that its messages are marked with, each once, in their order. */
  windows: string[];
}

/** Everything between `<example>` tags from an offset on. */
export function placedExamples(text: string, start: number): PlacedExample[] {
  return exampleSpans(text.slice(start)).map((span) => {
    const from = start + span.start;
    const body = text.slice(from, start + span.end);
    const answer = body.search(/<answer\b/i);
    const conversation = answer === -1 ? body : body.slice(0, answer);
    const marks = [...conversation.matchAll(/<message\b[^>]*\bwindow="([^"]*)"/gi)];
    return {
      from,
      to: from + body.length,
      example: workedExamples(body)[0] ?? null,
      answerAt: from + Math.max(0, answer),
      windows: [...new Set(marks.map(([, name = '']) => name))],
    };
  });
}
