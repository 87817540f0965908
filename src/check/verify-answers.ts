import type { Baseline } from '../baseline/baseline.ts';
import type { Case } from '../plan/case.ts';
import { canonicalJson } from '../plan/fingerprint.ts';
import type { Answer, CaseRecord, RunRecord } from '../schema/run-record.ts';
import { plural } from '../score/metric-text.ts';
import { recordedStore } from '../store/recorded-store.ts';
import { memoryStore } from '../store/store.ts';
import { parseAnswer } from '../task/parse-answer.ts';
import type { Task } from '../task/task.ts';

/** What the side that verifies knows by itself. None of it may come from the claim. */
export interface TrustedSources {
  task: Pick<Task, 'fields'>;
  /** How often each case is to be asked. */
  repeats: number;
  /** The baseline committed at the merge base; null where there is none. */
  recorded: Baseline | null;
  /** By case id: what a free, deterministic model answers to the planned cases; null where the model is another. */
  answerAgain: ReadonlyMap<string, readonly Answer[]> | null;
  /** Whether the run came from a branch of this same repository, which only those who may write to it can push. */
  ownBranch: boolean;
}

export type VerifiedAnswers =
  /** By case id, every planned case, one answer per repeat: as `buildRecord` takes them. */
  | { kind: 'verified'; answers: ReadonlyMap<string, readonly Answer[]> }
  /** `cases`: ids of at most ten that cannot be believed; `why`: a sentence on all of them, without a full stop. */
  | { kind: 'unverified'; cases: readonly string[]; why: string };

const IDS_SHOWN = 10;

/**
 * Whether the answers that a run record claims can be believed. A claimed case counts only where the planned case has
 * the same request, and an answer only where the baseline of the merge base records the same one, or the free model
 * gives the same one again, or where the run came from a branch of this repository. Nothing but answers is taken from
 * the claim, and of these only what no other source has: what is expected, the texts and the rules are the planned
 * cases' and the suite's. One case that cannot be believed, or is missing or too many, is enough to refuse the run.
 */
export function verifyAnswers(
  claimed: RunRecord,
  planned: readonly Case[],
  trusted: TrustedSources,
): VerifiedAnswers {
  const claims = Map.groupBy(claimed.cases, ({ id }) => id);
  const answers = new Map<string, readonly Answer[]>();
  const faults = new Map<string, Fault>();
  const sources = sourcesOf(claimed.model, trusted);
  for (const each of planned) {
    const [claim, ...others] = claims.get(each.id) ?? [];
    claims.delete(each.id);
    const verified = others.length > 0 ? 'twice' : verifyCase(claim, each, trusted, sources);
    if (typeof verified === 'string') faults.set(each.id, verified);
    else answers.set(each.id, verified);
  }
  for (const id of claims.keys()) faults.set(id, 'unplanned');
  if (faults.size === 0) return { kind: 'verified', answers };
  return { kind: 'unverified', cases: [...faults.keys()].slice(0, IDS_SHOWN), why: sentence(faults) };
}

const FAULTS = {
  missing: 'not answered',
  unplanned: 'not in the goldens',
  twice: 'answered twice',
  request: 'of another request',
  repeats: 'asked another number of times',
  illegal: 'with an answer that the suite does not have',
  unknown: 'with an answer that neither the accepted baseline nor the model itself gives',
} as const;

type Fault = keyof typeof FAULTS;
/** The answer that a source has to a repeat of a case; null where it has none. */
type Source = (planned: Case, repeat: number) => Answer | null;

function sourcesOf(model: string, { recorded, answerAgain }: TrustedSources): Source[] {
  const store = recordedStore(memoryStore(), recorded?.header.model === model ? recorded : null);
  return [
    ({ requestHash }, repeat) => store.get({ request: requestHash, model, repeat }),
    ({ id }, repeat) => answerAgain?.get(id)?.[repeat] ?? null,
  ];
}

function verifyCase(
  claim: CaseRecord | undefined,
  planned: Case,
  { task, repeats, ownBranch }: TrustedSources,
  sources: readonly Source[],
): readonly Answer[] | Fault {
  if (claim === undefined) return 'missing';
  if (claim.request !== planned.requestHash) return 'request';
  if (claim.answers.length !== repeats) return 'repeats';
  const verified: Answer[] = [];
  for (const [repeat, given] of claim.answers.entries()) {
    const answer = legalAnswer(given, task);
    if (answer === null) return 'illegal';
    const same = sources
      .map((source) => source(planned, repeat))
      .find((known) => known !== null && saysTheSame(known, answer));
    const believed = same ?? (ownBranch ? answer : null);
    if (believed === null) return 'unknown';
    verified.push(believed);
  }
  return verified;
}

/** The answer with its label in the suite's own form; null where the suite has no such label. */
function legalAnswer(answer: Answer, task: Pick<Task, 'fields'>): Answer | null {
  if (answer.status !== 'answered') return answer;
  const parsed = parseAnswer(task, JSON.stringify(answer.label));
  return parsed.ok ? { ...answer, label: parsed.label } : null;
}

function saysTheSame(known: Answer, given: Answer): boolean {
  const said = (answer: Answer) =>
    answer.status === 'answered' ? canonicalJson(answer.label) : answer.status;
  return said(known) === said(given);
}

/** `2 cases not answered, 1 case of another request`. */
function sentence(faults: ReadonlyMap<string, Fault>): string {
  const counts = Map.groupBy(faults.values(), (fault) => fault);
  return [...counts].map(([fault, { length }]) => `${plural(length, 'case')} ${FAULTS[fault]}`).join(', ');
}
