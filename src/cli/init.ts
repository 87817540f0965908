import { appendFileSync, lstatSync, statSync } from 'node:fs';
import path from 'node:path';
import wrapAnsi from 'wrap-ansi';
import { EXIT, InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { quote, violationsOf } from '../schema/check.ts';
import { Suite } from '../schema/suite.ts';
import { findObstacles } from '../starter/find-obstacles.ts';
import { ignoredStateAddition } from '../starter/ignored-state.ts';
import { nextSteps } from '../starter/next-steps.ts';
import { starterFiles } from '../starter/starter-files.ts';
import { readSurroundings } from '../starter/surroundings.ts';
import { readActionReference, type WorkflowTool } from '../starter/workflow-tool.ts';
import { writeNewFiles } from '../starter/write-new-files.ts';
import type { Terminal } from './terminal.ts';

export interface InitOptions {
  dir: string;
  name: string;
  /** `OWNER/REPO@COMMIT` of the composite action; the repository's own package where absent. */
  action?: string;
}

/** `touchstone init`: what a repository needs for its first run. All of it is written, or nothing. */
export function initCommand(options: InitOptions, terminal: Terminal): number {
  const { root, tool } = readOptions(options, terminal.cwd);
  const shown = (file: string) => safeText(path.relative(terminal.cwd, file) || '.');
  const surroundings = readSurroundings(root);
  const files = starterFiles(options.name, tool, surroundings.defaultBranch);
  const problems = findObstacles(
    root,
    files.map((file) => file.path),
  ).map(({ path: at, what, mend }) => problem(shown(path.join(root, at)), what, mend));
  const ignoreFile = path.join(root, '.gitignore');
  const { text: ignored, problems: unreadable } = readIgnoreFile(ignoreFile, shown(ignoreFile));
  problems.push(...unreadable);
  if (problems.length > 0) throw new InputError(problems);

  const addition = ignoredStateAddition(ignored ?? '');
  const created = ignored === null ? [...files, { path: '.gitignore', text: addition }] : files;
  // What was there is only added to, and last: so there is nothing of it to take back.
  writeNewFiles(root, created, shown, () => {
    if (ignored !== null) appendFileSync(ignoreFile, addition);
  });
  const added = ignored === null || addition === '' ? [] : ['.gitignore: a line added'];
  const folder = shown(root);
  const lines = [
    `Written${folder === '.' ? '' : ` in ${folder}`}:`,
    ...[...created.map((file) => file.path), ...added].map((line) => `  ${line}`),
    '',
    ...nextSteps(options.name, folder, tool, surroundings),
  ];
  terminal.out(`${lines.map((line) => hang(line, terminal.columns)).join('\n')}\n`);
  return EXIT.held;
}

function readOptions({ dir, name, action }: InitOptions, cwd: string): { root: string; tool: WorkflowTool } {
  const problems = violationsOf(Suite.properties.name, name).map(({ mend }) =>
    problem('--name', `${quote(name)} cannot be the name of a suite`, mend),
  );
  const tool: WorkflowTool | null = action === undefined ? { kind: 'npm' } : readActionReference(action);
  if (tool === null) {
    const what = `${quote(action)} is no action pinned to a commit`;
    problems.push(problem('--action', what, 'Write OWNER/REPO@COMMIT, the commit as its 40 hex digits'));
  }
  const folder = path.resolve(cwd, dir);
  if (!isFolder(folder))
    problems.push(problem('--dir', `${quote(dir)} is no folder`, 'Create it, or name another'));
  if (problems.length > 0 || tool === null) throw new InputError(problems);
  return { root: folder, tool };
}

/** The text of `.gitignore`; null where there is none. Git reads no link in its place. */
function readIgnoreFile(file: string, shownAs: string): { text: string | null; problems: Problem[] } {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return { text: null, problems: [] };
  if (stats.isSymbolicLink())
    return { text: null, problems: [problem(shownAs, 'is a link', 'Put a file in its place')] };
  const { value, problems } = readFileBytes(file, shownAs);
  return { text: value === null ? null : Buffer.from(value).toString('utf8'), problems };
}

function isFolder(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

function problem(file: string, what: string, mend: string): Problem {
  return { file, line: null, id: null, what, mend };
}

/** Long lines go on below, indented. */
function hang(line: string, columns: number): string {
  const width = Math.max(20, Math.min(columns, 100) - 5);
  return wrapAnsi(line, width, { trim: false }).replaceAll('\n', '\n     ');
}
