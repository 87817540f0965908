import { keyOf, type Vote, type VotedCase } from '../goldens/golden-lines.ts';
import { voteOf } from '../goldens/open-labels.ts';
import type { Label } from '../schema/run-record.ts';
import type { Task } from '../task/task.ts';
import { appendLine, type JsonLineValue, replaceLine, valueOn } from './edit-lines.ts';
import type { GoldenEdit, GoldenState } from './golden-files.ts';

/** A case: a conversation, or a window of it. */
export type CaseKey = Pick<VotedCase, 'id' | 'window'>;

export interface SettlingRules {
  task: Task;
  /** Votes that must agree before a label is settled. */
  votesNeeded: number;
  /** Cases, by `keyOf`, whose label may be taken back when their votes stop agreeing: this session settled them. */
  settledNow: Set<string>;
}

/** The label that enough votes agree on in all fields; null where they are too few or differ. */
export function agreedLabel(votes: readonly Pick<Vote, 'label'>[], votesNeeded: number): Label | null {
  const [first] = votes;
  if (first === undefined || votes.length < votesNeeded) return null;
  return votes.every(({ label }) => isSameLabel(label, first.label)) ? first.label : null;
}

export function isSameLabel(a: Label, b: Label): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Sets an annotator's vote in the line of its case, and settles the label where the votes agree now: the line then
 * moves from `open/` to `labels/`. A label that is there already gets the vote and stays what it is. Null where neither
 * file has the case.
 */
export function castVote(
  state: GoldenState,
  at: CaseKey,
  vote: Vote,
  { task, votesNeeded, settledNow }: SettlingRules,
): GoldenEdit | null {
  const key = keyOf(at.id, at.window);
  const golden = state.labels.get(key);
  const open = state.open.get(key);
  const { texts } = state;
  const votes = withVote(rawVotes(state, key), voteOf(task, vote));
  const parsed = [...votesOn(state, key).filter(({ by }) => by !== vote.by), vote];
  if (golden !== undefined) {
    if (settledNow.has(key) && parsed.some(({ label }) => !isSameLabel(label, golden.label))) {
      settledNow.delete(key);
      const line = lineOf(at, { votes });
      const added =
        open === undefined ? appendLine(texts.open, line) : replaceLine(texts.open, open.line, line);
      return { texts: { labels: replaceLine(texts.labels, golden.line, null), open: added }, first: 'open' };
    }
    const line = { ...valueOn(texts.labels, golden.line), votes };
    return {
      texts: {
        labels: replaceLine(texts.labels, golden.line, line),
        open: open === undefined ? texts.open : replaceLine(texts.open, open.line, null),
      },
      first: 'labels',
    };
  }
  if (open === undefined) return null;
  const label = agreedLabel(parsed, votesNeeded);
  if (label === null) {
    const line = { ...valueOn(texts.open, open.line), votes };
    return { texts: { ...texts, open: replaceLine(texts.open, open.line, line) }, first: 'open' };
  }
  settledNow.add(key);
  return {
    texts: {
      labels: appendLine(texts.labels, lineOf(at, { ...label, votes })),
      open: replaceLine(texts.open, open.line, null),
    },
    first: 'labels',
  };
}

/**
 * Writes an adjudicator's decision as the label of a case, its votes kept. `adjudicated` is true where it overrules a
 * vote. Null where neither file has the case.
 */
export function decideLabel(
  state: GoldenState,
  at: CaseKey,
  { label, note }: { label: Label; note: string | null },
): GoldenEdit | null {
  const key = keyOf(at.id, at.window);
  const golden = state.labels.get(key);
  const open = state.open.get(key);
  if (golden === undefined && open === undefined) return null;
  const votes = rawVotes(state, key);
  const overrules = votesOn(state, key).some((vote) => !isSameLabel(vote.label, label));
  const line = lineOf(at, {
    ...label,
    ...(overrules ? { adjudicated: true } : {}),
    ...(votes.length === 0 ? {} : { votes }),
    ...(note === null ? {} : { note }),
  });
  const { texts } = state;
  return {
    texts: {
      labels:
        golden === undefined ? appendLine(texts.labels, line) : replaceLine(texts.labels, golden.line, line),
      open: open === undefined ? texts.open : replaceLine(texts.open, open.line, null),
    },
    first: 'labels',
  };
}

/**
 * Settles every open case whose votes agree by now, and takes out the open lines of cases that have a label: a save
 * was broken off, or somebody wrote the label by hand. Votes that the label's line lacks are added to it.
 */
export function tidyOpen(state: GoldenState, votesNeeded: number): GoldenEdit {
  let { labels, open } = state.texts;
  const settled: JsonLineValue[] = [];
  // From the last line up, so that taking one out moves none that is still to come.
  for (const line of [...state.open.values()].sort((a, b) => b.line - a.line)) {
    const key = keyOf(line.id, line.window);
    const golden = state.labels.get(key);
    const label = golden === undefined ? agreedLabel(line.votes, votesNeeded) : null;
    if (golden === undefined && label === null) continue;
    const votes = rawVotes(state, key);
    open = replaceLine(open, line.line, null);
    if (label !== null) settled.unshift(lineOf(line, { ...label, votes }));
    else if (golden !== undefined && votes.length > golden.votes.length)
      labels = replaceLine(labels, golden.line, { ...valueOn(labels, golden.line), votes });
  }
  for (const line of settled) labels = appendLine(labels, line);
  return { texts: { labels, open }, first: 'labels' };
}

/** The votes on a case: those of its label's line, and of its open line those of annotators that it lacks. */
export function votesOn(state: GoldenState, key: string): Vote[] {
  const settled = state.labels.get(key)?.votes ?? [];
  const open = state.open.get(key)?.votes ?? [];
  return [...settled, ...open.filter(({ by }) => !settled.some((vote) => vote.by === by))];
}

/** As `votesOn`, as the lines have them. */
function rawVotes({ texts, labels, open }: GoldenState, key: string): JsonLineValue[] {
  const golden = labels.get(key);
  const waiting = open.get(key);
  const settled = golden === undefined ? [] : listOf(valueOn(texts.labels, golden.line));
  const others = waiting === undefined ? [] : listOf(valueOn(texts.open, waiting.line));
  return [...settled, ...others.filter(({ by }) => !settled.some((vote) => vote.by === by))];
}

function listOf({ votes }: Record<string, unknown>): JsonLineValue[] {
  return Array.isArray(votes) ? votes : [];
}

function withVote(votes: readonly JsonLineValue[], vote: JsonLineValue): JsonLineValue[] {
  const place = votes.findIndex(({ by }) => by === vote.by);
  return place === -1 ? [...votes, vote] : votes.with(place, vote);
}

function lineOf({ id, window }: CaseKey, rest: JsonLineValue): JsonLineValue {
  return { id, ...(window === null ? {} : { window }), ...rest };
}
