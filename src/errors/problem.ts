/** One thing that is wrong with what the user gave, and how to mend it. */
export interface Problem {
  /** Path as the user knows it, relative to the working directory where that is shorter. */
  file: string;
  /** 1-based; null where the file as a whole is at fault. */
  line: number | null;
  /** Conversation, case, field or rule that is concerned; null where there is none. */
  id: string | null;
  /** What is wrong, as a sentence without a full stop. */
  what: string;
  /** What to do about it, as an instruction without a full stop. */
  mend: string;
}

/** `goldens/labels/affective.jsonl:12 (c0007): unknown label "advise". Use one of …` */
export function formatProblem(problem: Problem): string {
  const place = problem.line === null ? problem.file : `${problem.file}:${problem.line}`;
  const subject = problem.id === null ? '' : ` (${problem.id})`;
  return `${place}${subject}: ${problem.what}. ${problem.mend}.`;
}

/** Files in the order given, lines ascending, so that the same problems always read the same. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) =>
      a.file.localeCompare(b.file, 'en') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      a.what.localeCompare(b.what, 'en'),
  );
}
