import type { Label } from '../schema/run-record.ts';
import type { LabelQuestion } from './label-question.ts';

/** How annotators voted on one question about a label. */
export interface VoteCount {
  /** Votes that agree with the label. */
  for: number;
  against: number;
  /** Of all these, the unsure ones. */
  unsure: number;
  /** Above 0 where the votes speak against the label. */
  logOdds: number;
}

/** Logarithm of the odds that a vote is right, if annotators are right four times in five. */
export const VOTE = Math.log(4);
/** How many votes an adjudicator's decision is worth. */
export const ADJUDICATION = 2;
/** How many votes it is worth that somebody marked a label as doubtful. */
export const DOUBT = 2;
/** What of a vote is left where the annotator was unsure. */
const UNSURE = 1 / 2;

/** Counts votes for a label and against it; those to which the field does not apply differ from a label to which it does. */
export function countVotes(
  question: Pick<LabelQuestion, 'classOf'>,
  label: Label,
  votes: readonly { label: Label; unsure: boolean }[],
): VoteCount {
  const right = question.classOf(label);
  const count: VoteCount = { for: 0, against: 0, unsure: 0, logOdds: 0 };
  for (const vote of votes) {
    const agrees = question.classOf(vote.label) === right;
    count[agrees ? 'for' : 'against'] += 1;
    count.unsure += vote.unsure ? 1 : 0;
    count.logOdds += (agrees ? -1 : 1) * (vote.unsure ? UNSURE : 1) * VOTE;
  }
  return count;
}
