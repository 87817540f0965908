import { showValue } from '../compare/flips.ts';
import { caseId } from '../plan/case.ts';
import type { Label } from '../schema/run-record.ts';
import type { Task } from '../task/task.ts';
import { confidentJoint } from './confident-joint.ts';
import { type FieldNoise, noiseOf } from './label-noise.ts';
import { type LabelQuestion, labelQuestions } from './label-question.ts';
import { runEvidence } from './run-evidence.ts';
import { runShares } from './run-shares.ts';
import { ADJUDICATION, countVotes, DOUBT, VOTE, type VoteCount } from './vote-count.ts';

/** A labelled case and all that is known against its label and for it. */
export interface JudgedCase {
  /** The conversation's. */
  id: string;
  window: string | null;
  label: Label;
  /** Whether somebody decided it whatever the votes say. */
  adjudicated: boolean;
  votes: readonly { by: string; label: Label; unsure: boolean }[];
  /** By run: its usable answers, one a repeat; empty where the run has none. */
  answers: readonly (readonly Label[])[];
  /** Fields whose label somebody marked as doubtful, and who. */
  doubted: readonly { field: string; by: string }[];
}

/** What speaks against one label of a field, or of a set against one label being in it or not. */
export interface Doubt {
  field: string;
  /** Of a set: the label in question. Null for fields of other kinds. */
  member: string | null;
  /** As reports print it. */
  label: string;
  /** What the runs would have instead; null where they have no usable answer. */
  instead: string | null;
  /** How far that is away: 1, or on a scale more, in its smallest steps. */
  distance: number;
  runs: {
    /** Runs with a usable answer. */
    count: number;
    /** Of these, what is given by how many, the most frequent first; repeats count as parts of a run. */
    said: { value: string; count: number }[];
    /** How much the answers are for `instead` and against the label, each above what is usual for it. */
    margin: number;
  };
  /** Whether the runs speak against the label: by the margin, or in number. */
  contradicted: boolean;
  votes: VoteCount;
  adjudicated: boolean;
  /** Who marked it as doubtful. */
  doubtedBy: string[];
  /** Sum of logarithms of odds, in nats: of the runs, of the votes, of marks. */
  score: number;
}

export interface DoubtedCase {
  id: string;
  window: string | null;
  /** One a field against which anything speaks, the most doubtful first; never empty. */
  doubts: Doubt[];
}

/**
 * Ranks the cases whose labels may be wrong, the most doubtful field of each deciding. The score of a field is a sum
 * of logarithms of odds:
 * - of the runs, as `runEvidence` weighs them; for a label far away on a scale, and against the one at hand, the
 *   logarithm of the distance is added, since such a mistake does more harm;
 * - of each vote, log 4, as if an annotator were right four times in five; against the label where it differs, for it
 *   where not, and half of it from somebody who was unsure. An adjudicated label has two votes more for it;
 * - of each person's mark in `doubtful.jsonl`, as two votes against.
 *
 * A case is listed only where something speaks against its label: runs, a vote, an unsure one or a
 * mark. Cases of the same score stand by id.
 *
 * @returns the doubted cases, and how much of each field the runs take for wrong
 */
export function rankDoubts(
  task: Pick<Task, 'fields'>,
  cases: readonly JudgedCase[],
): { doubted: DoubtedCase[]; noise: FieldNoise[] } {
  const doubts = new Map<JudgedCase, Doubt[]>();
  const noise: FieldNoise[] = [];
  for (const question of labelQuestions(task)) {
    const weighed = weighRuns(question, cases);
    noise.push(...noiseOf(question, weighed.predicted, weighed.joint));
    for (const each of cases) {
      const found = doubtOf(task, question, each, weighed.byCase.get(each) ?? null);
      if (found !== null) doubts.set(each, [...(doubts.get(each) ?? []), found]);
    }
  }
  const doubted = [...doubts].map(([{ id, window }, found]) => ({ id, window, doubts: strongestOf(found) }));
  const first = ({ doubts: [strongest] }: DoubtedCase) => strongest?.score ?? 0;
  doubted.sort((a, b) => first(b) - first(a) || (caseId(a.id, a.window) < caseId(b.id, b.window) ? -1 : 1));
  return { doubted, noise };
}

/**
 * One a field, the most doubtful first; of a set the label that is most in doubt stands for all. Whoever is unsure is
 * so of a whole case: where that is all there is, one field stands for the case.
 */
function strongestOf(doubts: readonly Doubt[]): Doubt[] {
  const sorted = doubts.toSorted((a, b) => b.score - a.score);
  const fields = [...Map.groupBy(sorted, ({ field }) => field).values()].flatMap(
    ([strongest]) => strongest ?? [],
  );
  const certain = fields.filter(
    ({ contradicted, votes, doubtedBy }) => contradicted || votes.against + doubtedBy.length > 0,
  );
  return certain.length > 0 ? certain : fields.slice(0, 1);
}

type Weighed = ReturnType<typeof runEvidence>[number] & ReturnType<typeof runShares>;

function weighRuns(question: LabelQuestion, cases: readonly JudgedCase[]) {
  const asked = cases.flatMap((each) => {
    const given = question.classOf(each.label);
    if (given === null) return [];
    const answers = each.answers.map((labels) => labels.flatMap((label) => question.classOf(label) ?? []));
    const shares = runShares(answers, question.classes.length);
    return shares.runs === 0 ? [] : [{ each, given, ...shares }];
  });
  const joint = confidentJoint(asked, question.classes.length);
  const evidence = runEvidence(asked, joint.thresholds);
  const byCase = new Map<JudgedCase, Weighed>();
  for (const [index, { each, ...shares }] of asked.entries()) {
    const found = evidence[index];
    if (found !== undefined) byCase.set(each, { ...shares, ...found });
  }
  return { predicted: asked, joint, byCase };
}

function doubtOf(
  task: Pick<Task, 'fields'>,
  question: LabelQuestion,
  { label, adjudicated, votes: given, doubted }: JudgedCase,
  weighed: Weighed | null,
): Doubt | null {
  const { field, member, classes } = question;
  const votes = countVotes(question, label, given);
  const doubtedBy = doubted.filter((mark) => mark.field === field).map(({ by }) => by);
  const labelled = question.classOf(label);
  const contradicted = weighed !== null && labelled !== null && speaksAgainst(weighed, labelled);
  if (!contradicted && votes.against + votes.unsure === 0 && doubtedBy.length === 0) return null;
  const distance = weighed === null || labelled === null ? 1 : question.distance(labelled, weighed.instead);
  const byRuns = weighed === null ? 0 : weighed.logOdds + (contradicted ? Math.log(distance) : 0);
  const said = (weighed?.counts ?? [])
    .map((count, place) => ({ value: classes[place] ?? '', count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  return {
    ...{ field, member, label: showValue(task, field, label), distance, contradicted },
    instead: weighed === null ? null : (classes[weighed.instead] ?? null),
    runs: { count: weighed?.runs ?? 0, said, margin: weighed?.margin ?? 0 },
    ...{ votes, adjudicated, doubtedBy },
    score: byRuns + votes.logOdds - (adjudicated ? ADJUDICATION * VOTE : 0) + doubtedBy.length * DOUBT * VOTE,
  };
}

/**
 * By the margin, or by more runs than say what the label says. Some run must give the other class: it may be nearer to
 * its threshold than the label though none does.
 */
function speaksAgainst({ counts, instead, margin }: Weighed, labelled: number): boolean {
  const others = counts[instead] ?? 0;
  return others > 0 && (margin > 0 || others > (counts[labelled] ?? 0));
}
