import { InputError } from '../errors/errors.ts';
import { keyOf, labelOf, type Vote } from '../goldens/golden-lines.ts';
import { contradictionsOf } from '../goldens/label-rules.ts';
import { windowMessages } from '../goldens/window.ts';
import { violationsOf } from '../schema/check.ts';
import type { Conversation } from '../schema/conversation.ts';
import { voteSchema } from '../schema/label.ts';
import { castVote, decideLabel, type SettlingRules, votesOn } from './cast-vote.ts';
import {
  editGoldenFiles,
  type GoldenEdit,
  type GoldenFiles,
  type GoldenState,
  readGoldenFiles,
} from './golden-files.ts';
import type { CaseView, Progress, SavedAnswer } from './page-data.ts';
import { nextToDo, type QueuedCase } from './queue.ts';
import type { WriteLock } from './write-lock.ts';

export interface SessionOptions {
  annotator: string;
  isAdjudicating: boolean;
  votesNeeded: number;
  /** By the name of the labels file. */
  files: ReadonlyMap<string, GoldenFiles>;
  conversations: ReadonlyMap<string, Conversation>;
  queue: QueuedCase[];
  lock: WriteLock;
}

/** An answer that cannot be a label, with why, sentence by sentence. */
export class UnfitAnswer extends Error {
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join(' '));
    this.name = 'UnfitAnswer';
    this.reasons = reasons;
  }
}

/** One annotator, or adjudicator, going through a queue. */
export interface LabellingSession {
  /** How many answers were saved, those that were changed later included. */
  saved(): number;
  progress(): Progress;
  /** Null where the queue has no such place. */
  view(at: number): CaseView | null;
  /**
   * Saves an answer; it is on the disk when this returns.
   *
   * @throws UnfitAnswer where it contradicts itself or leaves something out
   * @throws InputError where the files are broken, or the case is in neither; nothing is written then
   */
  save(answer: SavedAnswer): Progress | null;
}

/** Starts a session in memory; the files stay the only place where anything is kept. */
export function startSession(options: SessionOptions): LabellingSession {
  const { annotator, isAdjudicating, votesNeeded, conversations, lock } = options;
  const queue = options.queue.map((each) => ({ ...each }));
  const settledNow = new Map<string, Set<string>>();
  let saved = 0;

  const progress = (after: number): Progress => ({
    done: queue.filter(({ isDone }) => isDone).length,
    total: queue.length,
    next: nextToDo(queue, after),
  });
  const filesOf = (labels: string): GoldenFiles => {
    const files = options.files.get(labels);
    if (files === undefined) throw new Error(`no labels ${labels}`);
    return files;
  };

  return {
    saved: () => saved,
    progress: () => progress(-1),
    view(at) {
      const subject = queue[at];
      if (subject === undefined) return null;
      const { task } = filesOf(subject.labels);
      const window = subject.window === null ? undefined : task.windows?.[subject.window];
      const conversation = conversations.get(subject.id);
      const meant = window && conversation ? windowMessages(conversation, window) : null;
      const state = readGoldenFiles(filesOf(subject.labels));
      const votes = votesOn(state, keyOf(subject.id, subject.window));
      return {
        at,
        ...progress(at),
        labels: subject.labels,
        id: subject.id,
        window: window === undefined ? null : `${subject.window}: ${describeWindow(window)}`,
        messages: (conversation?.messages ?? []).map(({ role, content }, index) => ({
          role,
          content,
          isMeant: meant === null || meant.includes(index),
        })),
        own: isAdjudicating ? standing(state, subject) : ownVote(votes, annotator),
        votes: isAdjudicating ? votes : null,
      };
    },
    save(answer) {
      const subject = queue[answer.at];
      if (subject === undefined) return null;
      const files = filesOf(subject.labels);
      const vote = readVote(files, annotator, answer);
      const settled = settledNow.get(subject.labels) ?? new Set();
      settledNow.set(subject.labels, settled);
      const rules: SettlingRules = { task: files.task, votesNeeded, settledNow: settled };
      const edit = (state: GoldenState): GoldenEdit =>
        (isAdjudicating
          ? decideLabel(state, subject, { label: vote.label, note: vote.note ?? null })
          : castVote(state, subject, vote, rules)) ?? refuseGone(files, subject);
      editGoldenFiles(files, lock, edit);
      subject.isDone = true;
      saved += 1;
      return progress(answer.at);
    },
  };
}

function ownVote(votes: readonly Vote[], annotator: string): CaseView['own'] {
  const own = votes.find(({ by }) => by === annotator);
  return own === undefined ? null : { label: own.label, unsure: own.unsure, note: own.note ?? '' };
}

function standing(state: GoldenState, { id, window }: QueuedCase): CaseView['own'] {
  const golden = state.labels.get(keyOf(id, window));
  return golden === undefined ? null : { label: golden.label, unsure: false, note: golden.note ?? '' };
}

function readVote({ task }: GoldenFiles, by: string, { label, unsure, note }: SavedAnswer): Vote {
  const said = note.trim();
  const line = { ...label, by };
  const wrong = violationsOf(voteSchema(task), line);
  if (wrong.length > 0) throw new UnfitAnswer(wrong.map(({ what, mend }) => `${what}. ${mend}.`));
  const read = labelOf(task, label);
  const contradictions = contradictionsOf(task, read);
  if (contradictions.length > 0)
    throw new UnfitAnswer(contradictions.map(({ what, mend }) => `${what}. ${mend}.`));
  return { by, label: read, unsure, ...(said === '' ? {} : { note: said }) };
}

function describeWindow({ take, messages }: { take: 'first' | 'last'; messages: number }): string {
  return messages === 1
    ? `the ${take} message of the person`
    : `the ${take} ${messages} messages of the person`;
}

function refuseGone(files: GoldenFiles, { id }: QueuedCase): never {
  const what = 'the case is neither here nor in labels any more';
  const mend = 'Put its line back, or go on with the next case';
  throw new InputError([{ file: files.shown(files.open), line: null, id, what, mend }]);
}
