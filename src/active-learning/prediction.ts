import { type LabelQuestion, labelQuestions } from '../doubt/label-question.ts';
import type { Label } from '../schema/run-record.ts';
import type { Task } from '../task/task.ts';

/** What runs said of one conversation, or of a window of it, for one suite. */
export interface Predicted {
  suite: string;
  task: Pick<Task, 'fields'>;
  window: string | null;
  /** Usable answers, one a run. */
  answers: readonly Label[];
}

/** A question on which runs differ. */
export interface Split {
  /** `affective.primary`, `affective.topics: coaching`. */
  name: string;
  /** Vote entropy, as a share of the largest that so many runs can have: above 0 up to 1. */
  entropy: number;
  /** What is said by how many, the most frequent first. */
  said: { value: string; count: number }[];
}

/** The classes that a label is of, as `affective.primary: roleplay`; of a set its labels, but not what it lacks. */
export function classesIn(suite: string, task: Pick<Task, 'fields'>, label: Label): string[] {
  return labelQuestions(task).flatMap((question) => {
    const place = question.classOf(label);
    const isCounted = place !== null && (question.member === null || place === 1);
    return isCounted ? [className(suite, question, place)] : [];
  });
}

/** What most runs say, of several classes alike the first; none of what most say does not apply. */
export function predictedClasses({ suite, task, answers }: Predicted): string[] {
  return labelQuestions(task).flatMap((question) => {
    const [most] = countsOf(question, answers);
    const isCounted = most !== undefined && (question.member === null || most.place === 1);
    return isCounted && 2 * most.count >= answers.length ? [className(suite, question, most.place)] : [];
  });
}

/** Where runs differ; nothing with fewer than two. */
export function splitsOf({ suite, task, window, answers }: Predicted): Split[] {
  return labelQuestions(task).flatMap((question) => {
    const counts = countsOf(question, answers);
    const runs = counts.reduce((sum, { count }) => sum + count, 0);
    if (counts.length < 2) return [];
    const largest = Math.log(Math.min(runs, question.classes.length));
    const at = window === null ? '' : ` of ${window}`;
    return [
      {
        name: `${suite}.${question.field}${question.member === null ? '' : `: ${question.member}`}${at}`,
        entropy: entropyOf(counts.map(({ count }) => count / runs)) / largest,
        said: counts.map(({ place, count }) => ({ value: question.classes[place] ?? '', count })),
      },
    ];
  });
}

function className(suite: string, { field, member, classes }: LabelQuestion, place: number): string {
  return `${suite}.${field}: ${member ?? classes[place] ?? ''}`;
}

function countsOf(question: LabelQuestion, answers: readonly Label[]): { place: number; count: number }[] {
  const places = answers.flatMap((label) => question.classOf(label) ?? []);
  const counts = [...Map.groupBy(places, (place) => place)].map(([place, { length: count }]) => ({
    place,
    count,
  }));
  return counts.sort((a, b) => b.count - a.count || a.place - b.place);
}

function entropyOf(shares: readonly number[]): number {
  return -shares.reduce((sum, share) => sum + (share > 0 ? share * Math.log(share) : 0), 0);
}
