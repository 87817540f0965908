import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Baseline, baselineFileName } from '../baseline/baseline.ts';
import { parseBaseline, readBaseline } from '../baseline/load.ts';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import type { Project } from '../project/project.ts';
import { modelIdFrom } from '../project/recorded-models.ts';
import { listRecords, readRecord } from '../record/record-files.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { fileAtRef } from './git-file.ts';
import { answersOfBaseline, answersOfRun, type RecordedAnswers } from './recorded-answers.ts';

/** Which answers a person means: a run record's, the baseline's, the newest run's, or a commit's baseline. */
export type AnswersChoice =
  | { kind: 'record'; run: RunRecord; shown: string }
  | { kind: 'baseline' }
  | { kind: 'last' }
  | { kind: 'model'; model: string }
  | { kind: 'ref'; ref: string };

export interface AnswersPlace {
  project: Project;
  /** The working directory, which paths are relative to. */
  cwd: string;
}

/**
 * Reads `baseline`, `last`, `model:<id>`, `ref:<git ref>`, or the path of a run record.
 *
 * @throws InputError where it is none of these, or the file is no run record
 */
export function readAnswersChoice(text: string, { project, cwd }: AnswersPlace): AnswersChoice {
  if (text === 'baseline' || text === 'last') return { kind: text };
  const [, kind, rest = ''] = /^(model|ref):(.*)$/s.exec(text) ?? [];
  if (kind === 'model') return { kind, model: modelIdFrom(rest, project) };
  if (kind === 'ref') return { kind, ref: rest };
  const file = path.resolve(cwd, text);
  if (existsSync(file)) return { kind: 'record', run: readRecord(file, text), shown: text };
  const what = 'there is no such run record';
  const mend = 'Give its path, or baseline, last, model:<id> or ref:<git ref>';
  throw new InputError([{ file: text, line: null, id: null, what, mend }]);
}

/** The model whose answers a choice is about by itself; null where the other side decides. */
export function modelOfChoice(choice: AnswersChoice, suite: string, place: AnswersPlace): string | null {
  if (choice.kind === 'model') return choice.model;
  if (choice.kind === 'record') return choice.run.model;
  return choice.kind === 'last' ? (newestRun(suite, () => true, place)?.run.model ?? null) : null;
}

/**
 * The answers of a suite that a choice means; null where there are none.
 *
 * @param model whose baseline
 * @throws InputError where a file that should have them is broken
 */
export function findAnswers(
  choice: AnswersChoice,
  suite: LoadedSuite,
  model: string,
  place: AnswersPlace,
): RecordedAnswers | null {
  const { project, cwd } = place;
  const { name } = suite.suite;
  switch (choice.kind) {
    case 'record':
      return choice.run.suite.name === name ? answersOfRun(choice.run, choice.shown) : null;
    case 'last':
    case 'model': {
      const found = newestRun(name, (run) => choice.kind === 'last' || run.model === choice.model, place);
      return found === null ? null : answersOfRun(found.run, found.shown);
    }
    case 'baseline':
      return sound(readBaseline(project.baselines, suite.task, model, (file) => path.relative(cwd, file)));
    case 'ref': {
      const file = path.join(path.relative(project.root, project.baselines), baselineFileName(name, model));
      const inGit = file.split(path.sep).join('/');
      const bytes = fileAtRef(project.root, choice.ref, inGit);
      return bytes === null ? null : sound(parseBaseline(bytes, `${choice.ref}:${inGit}`, suite.task, model));
    }
  }
}

/** The newest run of a suite that fits; null where none does. */
export function newestRun(
  suite: string,
  fits: (run: RunRecord) => boolean,
  { project, cwd }: AnswersPlace,
): { run: RunRecord; shown: string } | null {
  for (const file of listRecords(project.runs, suite)) {
    const shown = path.relative(cwd, file);
    const run = readRecord(file, shown);
    if (fits(run)) return { run, shown };
  }
  return null;
}

function sound(read: { baseline: Baseline | null; problems: Problem[] }): RecordedAnswers | null {
  if (read.problems.length > 0) throw new InputError(read.problems);
  return read.baseline === null ? null : answersOfBaseline(read.baseline);
}
