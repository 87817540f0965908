import { createHash } from 'node:crypto';
import { type Baseline, baselineFileName } from '../baseline/baseline.ts';
import { parseBaseline } from '../baseline/load.ts';
import type { Problem } from '../errors/problem.ts';
import { parseConversations } from '../goldens/conversations.ts';
import { parseLabels } from '../goldens/labels.ts';
import { caseId } from '../plan/case.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import type { Conversation } from '../schema/conversation.ts';
import type { Label } from '../schema/run-record.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { readSuite } from '../suite/read-suite.ts';
import { readText } from '../suite/source-text.ts';
import type { GoalpostPart } from './goalpost-change.ts';

/** Files by their path from the project's root, with `/`: those of a commit or those of a folder. */
export interface Tree {
  /** Null where there is no such file. */
  read(pathFromRoot: string): Uint8Array | null;
  /** Names of the files that lie directly in a folder; empty where there is no such folder. */
  list(folderFromRoot: string): string[];
}

/** A conversation as far as a change of it matters. */
export interface GoldenConversation extends Pick<Conversation, 'lang' | 'family' | 'tags'> {
  /** Hash of the messages. */
  text: string;
}

/** All that decides whether a run of one suite with one model passes, but the answers themselves. */
export interface Goalposts {
  suite: LoadedSuite | null;
  /** By case id. Null, like every other part, where there is none or where it cannot be read. */
  labels: ReadonlyMap<string, Label> | null;
  /** By conversation id. */
  conversations: ReadonlyMap<string, GoldenConversation> | null;
  baseline: Baseline | null;
  /** Hashes of the suite's baselines of other models, by path. */
  otherBaselines: ReadonlyMap<string, string>;
  /** The parts that are there but cannot be read, each with every problem. */
  unreadable: readonly { part: GoalpostPart; problems: readonly Problem[] }[];
}

export interface ReadGoalpostsOptions {
  /** Folder of the goldens, from the project's root; `goldens` where absent. */
  goldens?: string;
  /** How a path is shown to the user, such as `origin/main:suites/mood.yaml`; as it is where absent. */
  shown?: (pathFromRoot: string) => string;
}

const SUITES = 'suites';
const BASELINES = 'suites/baselines';

/** Names of the suites that a tree has, sound or not, sorted. */
export function suiteNamesIn(tree: Tree): string[] {
  const files = tree.list(SUITES).filter((name) => name.endsWith('.yaml'));
  return files.map((name) => name.slice(0, -'.yaml'.length)).sort();
}

/**
 * Reads one suite's goalposts from a tree. Never fails for what a file holds: a part that is broken, or of
 * a shape that this version does not know, is null and listed in `unreadable`. Labels and baseline are read
 * by the tree's own suite, so without it they are null too.
 */
export function readGoalposts(
  tree: Tree,
  suiteName: string,
  model: string,
  { goldens = 'goldens', shown = (file) => file }: ReadGoalpostsOptions = {},
): Goalposts {
  const unreadable: { part: GoalpostPart; problems: readonly Problem[] }[] = [];
  function part<T>(name: GoalpostPart, file: string, parse: Parser<T>): T | null {
    const bytes = tree.read(file);
    if (bytes === null) return null;
    const { value, problems } = isStoredElsewhere(bytes)
      ? { value: null, problems: [storedElsewhere(shown(file))] }
      : parse(bytes, shown(file));
    if (problems.length === 0) return value;
    unreadable.push({ part: name, problems });
    return null;
  }
  const suite = part('suite', `${SUITES}/${suiteName}.yaml`, (bytes, file) => {
    const { suite: value, problems } = readSuite(bytes, file);
    return { value, problems };
  });
  const conversations = part('conversations', `${goldens}/conversations.jsonl`, parseConversations);
  const labels =
    suite === null
      ? null
      : part('labels', `${goldens}/labels/${suite.labels}.jsonl`, (bytes, file) =>
          parseLabels(bytes, file, suite.task, null),
        );
  const baselineName = baselineFileName(suiteName, model);
  const baseline =
    suite === null
      ? null
      : part('baseline', `${BASELINES}/${baselineName}`, (bytes, file) => {
          const { baseline: value, problems } = parseBaseline(bytes, file, suite.task, model);
          return { value, problems };
        });
  return {
    suite,
    labels: labels && new Map(labels.map(({ id, window, label }) => [caseId(id, window), label])),
    conversations:
      conversations && new Map([...conversations.byId].map(([id, each]) => [id, goldenConversation(each)])),
    baseline,
    otherBaselines: hashesOfOthers(tree, suiteName, baselineName),
    unreadable,
  };
}

type Parser<T> = (bytes: Uint8Array, file: string) => { value: T | null; problems: Problem[] };

function goldenConversation({ lang, family, tags, messages }: Conversation): GoldenConversation {
  return { lang, family, tags, text: fingerprint(messages.map(({ role, content }) => [role, content])) };
}

/** A suite's name has no dot, so what stands before the first is whose baseline it is. */
function hashesOfOthers(tree: Tree, suiteName: string, own: string): Map<string, string> {
  const names = tree.list(BASELINES).filter((name) => name.startsWith(`${suiteName}.`) && name !== own);
  return new Map(
    names
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => {
        const file = `${BASELINES}/${name}`;
        const bytes = tree.read(file) ?? new Uint8Array();
        const text = readText(bytes, file).value;
        return [file, text?.sha256 ?? createHash('sha256').update(bytes).digest('hex')] as const;
      }),
  );
}

/** Git LFS commits a pointer in place of the file. */
function isStoredElsewhere(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 40)).toString('latin1').startsWith('version https://git-lfs');
}

function storedElsewhere(file: string): Problem {
  const what = 'is a pointer of Git LFS, not the file itself';
  return { file, line: null, id: null, what, mend: 'Keep suites and goldens in git itself' };
}
