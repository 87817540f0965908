import { statSync } from 'node:fs';
import path from 'node:path';
import { type CorpusFile, findCorpusFiles } from '../corpus/find-files.ts';
import { type Mapping, parseMapping } from '../corpus/mapping.ts';
import { InputError } from '../errors/errors.ts';
import { type ModelChoice, modelIdOf, readModelChoice } from '../model/model-choice.ts';
import { findProject, type Project } from '../project/project.ts';
import { quote } from '../schema/check.ts';
import { type LoadedStudy, loadStudy } from '../study/load-study.ts';
import type { AskingOptions } from './asking-options.ts';
import type { Terminal } from './terminal.ts';

export interface StudyRunOptions extends AskingOptions {
  model: string;
  study: string;
  out?: string;
  map?: string;
  /** Share of records. */
  maxBad: number;
  dryRun?: boolean;
  keptShare?: number;
  limit?: number;
}

/** A study that is to be run: all of the input, checked. */
export interface StudyWork {
  project: Project;
  loaded: LoadedStudy;
  choice: Exclude<ModelChoice, { kind: 'replay' }>;
  files: readonly CorpusFile[];
  mapping: Mapping | null;
  /** Absolute. */
  out: string;
}

/** Reads and checks all that a study needs. Throws InputError. */
export function readStudyWork(corpus: string, options: StudyRunOptions, terminal: Terminal): StudyWork {
  const project = findProject(terminal.cwd);
  const choice = readModelChoice(options.model);
  if (choice.kind === 'replay') {
    const mend = 'Name the model: answers that are recorded are taken from there in any case';
    const what = 'replay is no model of its own';
    throw new InputError([{ file: '--model', line: null, id: null, what, mend }]);
  }
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const folders = { root: project.root, suites: project.suites, studies: project.studies.definitions };
  const { study: loaded, problems } = loadStudy(options.study, folders, shown);
  if (loaded === null) throw new InputError(problems);
  refuseFile(options.out, terminal.cwd);
  const folder = `${options.study}.${modelIdOf(choice).replaceAll(/[^A-Za-z0-9._-]+/g, '-')}`;
  return {
    project,
    loaded,
    choice,
    // Named from the project's root, so that they are found again from anywhere.
    files: findCorpusFiles(corpus, terminal.cwd).map((file) => {
      return { ...file, shown: path.relative(project.root, file.path) };
    }),
    mapping: options.map === undefined ? null : parseMapping(options.map),
    out: path.resolve(terminal.cwd, options.out ?? path.join(project.studies.state, folder)),
  };
}

function refuseFile(out: string | undefined, cwd: string): void {
  if (out === undefined || statSync(path.resolve(cwd, out), { throwIfNoEntry: false })?.isFile() !== true)
    return;
  const mend = 'Name a folder: it is made where there is none';
  throw new InputError([{ file: '--out', line: null, id: null, what: `${quote(out)} is a file`, mend }]);
}

/** The side file that names records which cannot be read. */
export function badRecordsFile(out: string): string {
  return path.join(out, 'bad-records.jsonl');
}

/** Answers about corpora: kept apart from those about goldens, which are few and often copied. */
export function studyStoreFile({ studies }: Project): string {
  return path.join(studies.state, 'store.sqlite');
}
