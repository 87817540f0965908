import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import { suiteNamesIn, type Tree } from '../goalposts/read-goalposts.ts';
import { parseConversations } from '../goldens/conversations.ts';
import { parseLabels } from '../goldens/labels.ts';
import { canonicalJson } from '../plan/fingerprint.ts';
import type { ChangedFile } from '../project/git-changes.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { readSuite } from '../suite/read-suite.ts';
import { readText } from '../suite/source-text.ts';

/** One way in which a change touches a suite. A prompt that was only moved is `prompt renamed`. */
type ChangeReason =
  | 'new suite'
  | 'removed suite'
  | 'suite file'
  | 'prompt'
  | 'prompt renamed'
  | 'labels'
  | 'goldens'
  | 'baseline'
  /** With a path from the project's root. */
  | `shared: ${string}`;

/** What a change means for one suite. */
export interface SuiteChange {
  suite: string;
  /** In a fixed order; empty where the change does not touch the suite. */
  reasons: readonly ChangeReason[];
}

export interface ChangedSuitesInput {
  /** The state that the change started from. */
  base: Tree;
  head: Tree;
  /** Every file that differs, to be held against `shared`; what a suite itself reads is compared in the trees. */
  changed: readonly ChangedFile[];
  /**
   * Patterns of files that count for every suite, from the project's root, as Node's `path.matchesGlob` reads them:
   * `src/**` is all below `src`, names with a leading dot apart.
   */
  shared: readonly string[];
}

const CONVERSATIONS = 'goldens/conversations.jsonl';

/**
 * Every suite of either side, by name, with why the change touches it. What counts is text, whatever its line
 * ends: the suite's file, its prompt, labels and baselines, and those conversations that it has labels for. The
 * code book and the data sheet decide nothing. What cannot be read, on either side, counts as changed, and so
 * does a suite that is broken.
 */
export function changedSuites({ base, head, changed, shared }: ChangedSuitesInput): SuiteChange[] {
  const [before, after] = [new Set(suiteNamesIn(base)), new Set(suiteNamesIn(head))];
  const isShared = (file: string) => shared.some((pattern) => path.posix.matchesGlob(file, pattern));
  const paths = changed.flatMap((file) => [file.path, ...(file.previous === null ? [] : [file.previous])]);
  const sharedReasons = paths.filter(isShared).map((file): ChangeReason => `shared: ${file}`);
  const conversations = changedConversations(base, head);
  return [...new Set([...before, ...after])].sort().map((suite): SuiteChange => {
    const own: ChangeReason[] = !before.has(suite)
      ? ['new suite']
      : !after.has(suite)
        ? ['removed suite']
        : reasonsOf(suite, { base, head, conversations });
    return { suite, reasons: [...own, ...sharedReasons] };
  });
}

interface Sides {
  base: Tree;
  head: Tree;
  /** Ids of the conversations that differ; null where that cannot be said. */
  conversations: ReadonlySet<string> | null;
}

function reasonsOf(name: string, { base, head, conversations }: Sides): ChangeReason[] {
  const file = `suites/${name}.yaml`;
  const isSame = (before: string, after = before) => hasSameText(textIn(base, before), textIn(head, after));
  const sides = [base, head].flatMap((tree) => {
    const suite = soundSuite(tree, file);
    return suite === null ? [] : [{ tree, suite }];
  });
  const prompts = sides.map(({ suite }) => path.posix.normalize(suite.suite.prompt));
  const [promptBefore = '', promptAfter = promptBefore] = prompts;
  const isMoved = promptBefore !== promptAfter;
  const isPromptSame = prompts.length === 0 || isSame(promptBefore, promptAfter);
  const labels = new Set(sides.map(({ suite }) => labelsFile(suite)));
  const concerns = (ids: ReadonlySet<string>) =>
    ids.size > 0 && sides.some(({ tree, suite }) => labelled(tree, suite)?.some((id) => ids.has(id)) ?? true);
  const held: [ChangeReason, boolean][] = [
    ['suite file', sides.length < 2 || !isSame(file)],
    ['prompt', !isPromptSame],
    ['prompt renamed', isMoved && isPromptSame],
    ['labels', labels.size > 1 || [...labels].some((each) => !isSame(each))],
    ['goldens', conversations === null || concerns(conversations)],
    ['baseline', baselinesOf(name, base, head).some((each) => !isSame(each))],
  ];
  return held.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

/** Null where the suite is broken. */
function soundSuite(tree: Tree, file: string): LoadedSuite | null {
  const bytes = textIn(tree, file);
  if (bytes === null || bytes === UNREADABLE) return null;
  const { suite, problems } = readSuite(bytes, file);
  return problems.length === 0 ? suite : null;
}

function labelsFile({ labels }: LoadedSuite): string {
  return `goldens/labels/${labels}.jsonl`;
}

/** Ids of the conversations that a suite has labels for; null where they cannot be read. */
function labelled(tree: Tree, suite: LoadedSuite): string[] | null {
  const file = labelsFile(suite);
  const bytes = textIn(tree, file);
  if (bytes === null) return [];
  if (bytes === UNREADABLE) return null;
  const { value, problems } = parseLabels(bytes, file, suite.task, null);
  return problems.length > 0 ? null : value.map(({ id }) => id);
}

/** Ids of the conversations that differ, in whatever; null where a side cannot be read. */
function changedConversations(base: Tree, head: Tree): Set<string> | null {
  if (hasSameText(textIn(base, CONVERSATIONS), textIn(head, CONVERSATIONS))) return new Set();
  const [before, after] = [conversationsIn(base), conversationsIn(head)];
  if (before === null || after === null) return null;
  const ids = [...before.keys(), ...after.keys()];
  return new Set(ids.filter((id) => before.get(id) !== after.get(id)));
}

/** Each conversation as one text, by id. */
function conversationsIn(tree: Tree): Map<string, string> | null {
  const bytes = textIn(tree, CONVERSATIONS);
  if (bytes === null) return new Map();
  if (bytes === UNREADABLE) return null;
  const { value, problems } = parseConversations(bytes, CONVERSATIONS);
  return problems.length > 0 ? null : new Map([...value.byId].map(([id, each]) => [id, canonicalJson(each)]));
}

function baselinesOf(suite: string, base: Tree, head: Tree): string[] {
  const folder = 'suites/baselines';
  const names = [base, head].flatMap((tree) => tree.list(folder));
  const own = names.filter((name) => name.startsWith(`${suite}.`) && name.endsWith('.jsonl'));
  return own.map((name) => `${folder}/${name}`);
}

/** A file that is there and that its tree cannot give, such as one behind a link: nothing is known of it. */
const UNREADABLE = 'unreadable';

function textIn(tree: Tree, file: string): Uint8Array | null | typeof UNREADABLE {
  try {
    return tree.read(file);
  } catch (error) {
    if (error instanceof InputError) return UNREADABLE;
    throw error;
  }
}

function hasSameText(before: ReturnType<typeof textIn>, after: ReturnType<typeof textIn>): boolean {
  if (before === UNREADABLE || after === UNREADABLE) return false;
  if (before === null || after === null) return before === after;
  if (Buffer.from(before).equals(after)) return true;
  const [old, now] = [readText(before, '').value, readText(after, '').value];
  return old !== null && old.sha256 === now?.sha256;
}
