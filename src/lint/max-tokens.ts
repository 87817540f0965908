import type { FindingOf } from './finding.ts';
import { largestAnswer } from './largest-answer.ts';
import type { LintSubject } from './lint-subject.ts';

/** Bytes to a token in JSON, whose signs are tokens of their own: fewer than in prose. */
const BYTES = 2;
/** Tokens left beside the answer, below which a model that thinks first may end before it answers. */
const LEAST_ROOM = 100;

/** A limit on the answer's tokens that the largest valid answer exceeds, or that leaves no room to think. */
export function maxTokens({ work, source }: LintSubject): FindingOf[] {
  const { max_tokens: limit } = source.prompt.settings;
  const answer = Math.ceil(largestAnswer(work.suite.task).length / BYTES);
  const place = { file: source.prompt.path, line: source.lineOf('max_tokens') };
  const largest = `the largest answer takes about ${answer} tokens`;
  if (limit < answer)
    return [
      {
        ...place,
        severity: 'error',
        what: `max_tokens is ${limit} and ${largest}, so that it is cut off`,
        mend: `Allow ${answer + LEAST_ROOM} at least, more for a model that thinks`,
      },
    ];
  if (limit < answer + LEAST_ROOM)
    return [
      {
        ...place,
        severity: 'warning',
        what: `max_tokens is ${limit} and ${largest}, which leaves little to a model that thinks first`,
        mend: `Allow ${answer + LEAST_ROOM} at least`,
      },
    ];
  return [];
}
