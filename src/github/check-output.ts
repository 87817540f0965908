import type { CheckOutcome } from '../check/check-outcome.ts';

/** An annotation as the API takes it. */
export interface CheckAnnotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: 'failure' | 'warning' | 'notice';
  message: string;
  title?: string;
}

/** GitHub counts bytes of UTF-8, although its documentation says characters. */
const MAX_SUMMARY_BYTES = 65_535;
/** 64 KB; held to the smaller reading. */
const MAX_MESSAGE_BYTES = 64_000;
const MAX_TITLE_LENGTH = 255;
const LEVELS = { error: 'failure', warning: 'warning', notice: 'notice' } as const;

/** Title and summary of a check run, cut to GitHub's limits. */
export function checkOutput({ title, summary }: CheckOutcome): { title: string; summary: string } {
  return { title: cutCharacters(title), summary: cutBytes(summary, MAX_SUMMARY_BYTES) };
}

/** A check run's annotations, none of them twice. What concerns a file as a whole is shown at its first line. */
export function checkAnnotations({ annotations }: CheckOutcome): CheckAnnotation[] {
  const all = annotations.map(({ level, file, line, title, message }): CheckAnnotation => {
    return {
      path: file,
      start_line: line ?? 1,
      end_line: line ?? 1,
      annotation_level: LEVELS[level],
      message: cutBytes(message, MAX_MESSAGE_BYTES),
      ...(title === '' ? {} : { title: cutCharacters(title) }),
    };
  });
  return [...new Map(all.map((annotation) => [annotationKey(annotation), annotation])).values()];
}

/** What tells annotations apart, those that are sent and those that GitHub gives back. */
export function annotationKey(annotation: {
  path: string;
  start_line: number;
  annotation_level: string | null;
  message: string | null;
  title?: string | null;
}): string {
  const { path, start_line, annotation_level, message, title } = annotation;
  return JSON.stringify([path, start_line, annotation_level, message, title ?? '']);
}

function cutCharacters(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_TITLE_LENGTH
    ? text
    : `${characters.slice(0, MAX_TITLE_LENGTH - 1).join('')}…`;
}

/** At most so many bytes of UTF-8, without half a character at the end. */
function cutBytes(text: string, maximum: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maximum) return text;
  const room = maximum - Buffer.byteLength('…');
  return `${new TextDecoder().decode(bytes.subarray(0, room), { stream: true })}…`;
}
