import path from 'node:path';
import { baselineFileName } from '../baseline/baseline.ts';
import { hashOfFiles } from '../project/hash-files.ts';
import type { Project } from '../project/project.ts';
import { loadSuites, suiteNames } from '../suite/load.ts';

/** What a run of each suite depends on: by suite, then by file, the hash of the file's bytes. */
export type SuiteInputs = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface InputsPlace {
  project: Project;
  goldens: string;
  /** The model's id. */
  model: string;
  /** Suites by name; all that there are where empty. */
  names: readonly string[];
}

/**
 * Makes a function that reads what all suites depend on: suite, prompt, conversations, labels, baseline. A suite's
 * YAML is parsed again only when it changes; while it is broken, the prompt and labels it had count on.
 */
export function inputsReader(place: InputsPlace): () => SuiteInputs {
  const { project, goldens, model, names } = place;
  const parsed = new Map<string, { hash: string; files: string[] }>();
  const filesOf = (name: string, suiteFile: string, hash: string): string[] => {
    const known = parsed.get(name);
    if (known?.hash === hash) return known.files;
    const [suite] = loadSuites(project.suites, [name]).suites;
    const files =
      suite === undefined
        ? (known?.files ?? [suiteFile])
        : [
            suiteFile,
            path.join(project.root, suite.suite.prompt),
            path.join(goldens, 'labels', `${suite.labels}.jsonl`),
            path.join(goldens, 'open', `${suite.labels}.jsonl`),
            path.join(project.baselines, baselineFileName(suite.suite.name, model)),
          ];
    parsed.set(name, { hash, files });
    return files;
  };
  return () => {
    const conversations = path.join(goldens, 'conversations.jsonl');
    const conversationsHash = hashOfFiles([conversations]);
    const all = suiteNames(project.suites) ?? [];
    const present = all.filter((name) => names.length === 0 || names.includes(name));
    return new Map(
      present.map((name) => {
        const suiteFile = path.join(project.suites, `${name}.yaml`);
        const files = filesOf(name, suiteFile, hashOfFiles([suiteFile]));
        const hashes = files.map((file): [string, string] => [file, hashOfFiles([file])]);
        return [name, new Map([...hashes, [conversations, conversationsHash]])];
      }),
    );
  };
}

/** Files that a suite depends on and that are not as they were; all where it is new. */
export function changedFiles(before: SuiteInputs, now: SuiteInputs, suite: string): string[] {
  const [was, is] = [before.get(suite), now.get(suite)];
  return [...(is ?? [])].filter(([file, hash]) => was?.get(file) !== hash).map(([file]) => file);
}
