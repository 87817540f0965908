import { formatProblem, type Problem, sortProblems } from './problem.ts';

/** Exit codes of the command line. 0: the gate holds. */
export const EXIT = { held: 0, notHeld: 1, wrongInput: 2, incomplete: 3 } as const;

/** Suite, prompt, goldens or arguments are wrong (exit 2). Carries every problem found, not the first. */
export class InputError extends Error {
  readonly exitCode = EXIT.wrongInput;
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = sortProblems(problems);
    super(sorted.map(formatProblem).join('\n'));
    this.name = 'InputError';
    this.problems = sorted;
  }
}

/** The run could not be completed: model, network or budget (exit 3). Says what to type to resume. */
export class IncompleteRunError extends Error {
  readonly exitCode = EXIT.incomplete;
  readonly mend: string;

  constructor(what: string, mend: string) {
    super(what);
    this.name = 'IncompleteRunError';
    this.mend = mend;
  }
}
