import path from 'node:path';
import { parseConversations } from '../goldens/conversations.ts';
import { parseLabels } from '../goldens/labels.ts';
import { caseId } from '../plan/case.ts';
import type { ChangedFile } from '../project/git-changes.ts';
import type { ValuePath } from '../schema/check.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { readSuite } from '../suite/read-suite.ts';
import { readText } from '../suite/source-text.ts';
import { readYaml } from '../suite/yaml.ts';

/** What annotations need to know of the change. All paths are from the project's root, with `/`. */
export interface AnnotationContext {
  changed: readonly ChangedFile[];
  /** Lines of a changed file that are new or changed in it, 1-based and ascending. */
  changedLines: (file: ChangedFile) => readonly number[];
  /** A file as the change has it; null where it has no such file. */
  readHead: (pathFromRoot: string) => Uint8Array | null;
  /** Where the project lies in the repository: `''`, or a path that ends in `/`. */
  projectPrefix: string;
}

/** Where a message belongs. */
export interface Place {
  /** From the project's root. */
  file: string;
  /** 1-based; null where the file as a whole is meant. */
  line: number | null;
}

/** The files that a suite is made of, as the change has them, and where in them things stand. */
export interface SuitePlaces {
  /** Null where the change has no such suite, or a broken one. */
  suite: LoadedSuite | null;
  suiteFile: string;
  /** The suite's file where the prompt lies outside of the repository, or is not known. */
  prompt: string;
  labels: string;
  conversations: string;
  /** Lines of a file that the change made; null where it does not touch the file, or only moved it. */
  linesChanged(file: string): readonly number[] | null;
  /** Line of a key or an item of the suite's file; null where it has none. */
  suiteLine(path: ValuePath): number | null;
  labelLine(caseId: string): number | null;
  conversationLine(id: string): number | null;
}

const CONVERSATIONS = 'goldens/conversations.jsonl';

/** Opens the places of suites by name. Each file is read once, when something in it is first looked for. */
export function placesIn(context: AnnotationContext): (suiteName: string) => SuitePlaces {
  const changed = new Map(context.changed.map((file) => [file.path, file]));
  const linesChanged = once((file: string) => {
    const change = changed.get(file);
    if (change === undefined) return null;
    const lines = change.status === 'deleted' ? [] : context.changedLines(change);
    return change.status === 'renamed' && lines.length === 0 ? null : lines;
  });
  const conversationLines = once((file: string) => {
    const bytes = context.readHead(file);
    return bytes === null ? new Map<string, number>() : parseConversations(bytes, file).value.lines;
  });
  return once((name) => {
    const suiteFile = `suites/${name}.yaml`;
    const bytes = context.readHead(suiteFile);
    const suite = bytes === null ? null : readSuite(bytes, suiteFile).suite;
    const text = bytes === null ? null : readText(bytes, suiteFile).value;
    const yaml = text === null ? null : readYaml(text.text, suiteFile).value;
    const prompt = suite === null ? suiteFile : path.posix.normalize(suite.suite.prompt);
    const labels = `goldens/labels/${suite?.labels ?? name}.jsonl`;
    const labelLines = once((file: string) => linesOfLabels(context.readHead(file), file, suite));
    return {
      suite,
      suiteFile,
      prompt: isInside(context.projectPrefix, prompt) ? prompt : suiteFile,
      labels,
      conversations: CONVERSATIONS,
      linesChanged,
      suiteLine: (where) => (yaml !== null && has(yaml.value, where) ? yaml.line(where) : null),
      labelLine: (id) => labelLines(labels).get(id) ?? null,
      conversationLine: (id) => conversationLines(CONVERSATIONS).get(id) ?? null,
    };
  });
}

/** Whether a path from the project's root leads to something in the repository. */
export function isInside(projectPrefix: string, file: string): boolean {
  return !path.posix.isAbsolute(file) && !/^\.\.?(\/|$)/.test(path.posix.join(projectPrefix, file));
}

function linesOfLabels(
  bytes: Uint8Array | null,
  file: string,
  suite: LoadedSuite | null,
): Map<string, number> {
  if (bytes === null || suite === null) return new Map();
  const { value } = parseLabels(bytes, file, suite.task, null);
  return new Map(value.map(({ id, window, line }) => [caseId(id, window), line]));
}

function has(value: unknown, where: ValuePath): boolean {
  let inner = value;
  for (const step of where) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return false;
    inner = Reflect.get(inner, step);
  }
  return true;
}

function once<T>(give: (key: string) => T): (key: string) => T {
  const known = new Map<string, { value: T }>();
  return (key) => {
    const found = known.get(key) ?? { value: give(key) };
    known.set(key, found);
    return found.value;
  };
}
