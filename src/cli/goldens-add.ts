import path from 'node:path';
import type Type from 'typebox';
import { parseMapping } from '../corpus/mapping.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { type Problem, sortProblems } from '../errors/problem.ts';
import { withoutDuplicates } from '../goldens-add/duplicates.ts';
import { changesFor, readGoldenFolder } from '../goldens-add/golden-folder.ts';
import { removeLeftovers } from '../goldens-add/leftovers.ts';
import { type Defaults, planAdditions, withoutLongOnes } from '../goldens-add/plan-add.ts';
import { readCandidates } from '../goldens-add/read-candidates.ts';
import { openWriteLock } from '../labelling/write-lock.ts';
import { findProject, type Project } from '../project/project.ts';
import { type Addition, additionJson, renderAddition } from '../report/terminal/addition.ts';
import { type FileChange, writeTogether } from '../review/write-together.ts';
import { violationsOf } from '../schema/check.ts';
import { Conversation } from '../schema/conversation.ts';
import { loadSuites } from '../suite/load.ts';
import type { Terminal } from './terminal.ts';

export interface GoldensAddOptions {
  goldens?: string;
  lang?: string;
  tag?: string[];
  family?: string;
  map?: string;
  limit?: number;
  dryRun?: boolean;
  allowNear?: boolean;
  mergeTurns?: boolean;
  skipBad?: boolean;
  json?: boolean;
}

/**
 * `touchstone goldens add`: takes conversations over as goldens whose labels are open. All files are written together,
 * or none is.
 */
export async function goldensAddCommand(
  files: readonly string[],
  options: GoldensAddOptions,
  terminal: Terminal,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const { suites, problems: wrong } = loadSuites(project.suites, [], shown);
  const defaults = readDefaults(options);
  const refused = [...wrong, ...defaults.problems];
  if (refused.length > 0) throw new InputError(refused);
  const mapping = options.map === undefined ? null : parseMapping(options.map);
  const directory = path.resolve(terminal.cwd, options.goldens ?? project.goldens);
  const folder = readGoldenFolder(directory, suites, shown);

  const read = await readCandidates(files, {
    cwd: terminal.cwd,
    mapping,
    mergeTurns: options.mergeTurns === true,
    limit: options.limit ?? null,
  });
  const { short, problems: long } = withoutLongOnes(read.candidates);
  const { fresh, problems: known } = withoutDuplicates(folder.conversations.values(), short, {
    allowNear: options.allowNear === true,
  });
  const leftOut: Problem[] = [...read.problems, ...long, ...known];
  if (leftOut.length > 0 && options.skipBad !== true) throw new InputError(leftOut);
  if (fresh.length + leftOut.length === 0) throw new InputError(files.map(noRecord));

  const added = planAdditions(fresh, defaults.value, new Set(folder.conversations.keys()), folder.voted);
  const changes = changesFor(folder, added);
  const isWritten = options.dryRun !== true;
  if (isWritten && changes.length > 0) {
    const all = [folder.file, ...folder.open.map((each) => each.file)];
    write(project, changes, all, shown);
  }
  const families = new Set([...folder.conversations.values()].map(({ family }) => family));
  const addition: Addition = {
    added,
    leftOut: sortProblems(leftOut),
    joined: [...new Set(added.map(({ conversation }) => conversation.family))].filter((family) =>
      families.has(family),
    ),
    files: changes.map(({ file }) => shown(file)),
    isWritten,
  };
  const { chalk, columns } = terminal;
  terminal.out(options.json === true ? additionJson(addition) : renderAddition(addition, { chalk, columns }));
  return EXIT.held;
}

/**
 * While nobody saves a label.
 *
 * @param all the files that an earlier, killed command may have been writing
 */
function write(
  project: Project,
  changes: readonly FileChange[],
  all: readonly string[],
  shown: (file: string) => string,
): void {
  const lock = openWriteLock(path.join(project.state, 'labelling.sqlite'));
  try {
    const moved = { what: 'changed meanwhile', mend: 'Type the same command again' };
    lock.hold(() => {
      removeLeftovers(all);
      writeTogether(changes, shown, moved);
    });
  } finally {
    lock.close();
  }
}

function readDefaults({ lang, family, tag }: GoldensAddOptions): { value: Defaults; problems: Problem[] } {
  const { lang: LanguageTag, family: Family, tags: Tags } = Conversation.properties;
  const tags = [...new Set(tag)];
  const found = [
    ...faultsOf('--lang', LanguageTag, lang),
    ...faultsOf('--family', Family, family),
    ...tags.flatMap((each) => faultsOf('--tag', Tags.items, each)),
  ];
  return { value: { lang: lang ?? null, family: family ?? null, tags }, problems: found };
}

function faultsOf(option: string, schema: Type.TSchema, given: string | undefined): Problem[] {
  if (given === undefined) return [];
  return violationsOf(schema, given).map(({ what, mend }) => ({
    file: option,
    line: null,
    id: null,
    what,
    mend,
  }));
}

function noRecord(file: string): Problem {
  return { file, line: null, id: null, what: 'holds no record', mend: 'Give a file with conversations' };
}
