import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../errors/problem.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import { mendChoice, quote } from '../schema/check.ts';
import type { Suite } from '../schema/suite.ts';
import type { Task } from '../task/task.ts';
import { readSuite } from './read-suite.ts';

/** A suite that has been checked, and what follows from it. */
export interface LoadedSuite {
  /** As shown to the user. */
  path: string;
  /** Hash of the file's text, byte order mark and CR apart. */
  sha256: string;
  suite: Suite;
  task: Task;
  /** Name of the labels file without `.jsonl`. */
  labels: string;
  onUndecided: 'block' | 'warn';
  /** 1-based line of the file on which a rule (0-based index) begins. */
  line(ruleIndex: number): number;
}

/**
 * Reads the named suites of a folder, or all `*.yaml` in it where no name is given, sorted by name; the
 * sound ones, and every problem of the others.
 *
 * @param shown how a path is shown to the user; as it is where absent
 */
export function loadSuites(
  directory: string,
  names: readonly string[],
  shown = (file: string) => file,
): { suites: LoadedSuite[]; problems: Problem[] } {
  const problem = (what: string, mend: string): Problem => ({
    file: shown(directory),
    line: null,
    id: null,
    what,
    mend,
  });
  const known = suiteNames(directory);
  if (known === null || known.length === 0) {
    const what = known === null ? 'there is no such folder' : 'the folder has no suite';
    return { suites: [], problems: [problem(what, 'Create a suite, <name>.yaml, in it')] };
  }
  const unknown = names.filter((name) => !known.includes(name));
  const problems = unknown.map((name) =>
    problem(`no suite is called ${quote(name)}`, mendChoice(name, known)),
  );
  const suites: LoadedSuite[] = [];
  for (const name of known.filter((each) => names.length === 0 || names.includes(each))) {
    const file = path.join(directory, `${name}.yaml`);
    const bytes = readFileBytes(file, shown(file));
    const read = bytes.value === null ? { suite: null, ...bytes } : readSuite(bytes.value, shown(file));
    problems.push(...read.problems);
    if (read.suite !== null) suites.push(read.suite);
  }
  return { suites, problems };
}

/** Names of the suites that a folder has files of, sorted; null where there is no such folder. */
export function suiteNames(directory: string): string[] | null {
  try {
    const files = readdirSync(directory).filter((name) => name.endsWith('.yaml'));
    return files.map((name) => path.basename(name, '.yaml')).sort();
  } catch {
    return null;
  }
}
