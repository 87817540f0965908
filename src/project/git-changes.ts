import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import { quote } from '../schema/check.ts';
import { EMPTY_VARIABLE, type Git, gitIn } from './git-command.ts';

/** A file that differs between two states of a repository. */
export interface ChangedFile {
  /** From the project's root, with `/`; begins with `../` where the file lies outside of the project. */
  path: string;
  /** Its path before, where it was renamed. */
  previous: string | null;
  status: 'added' | 'modified' | 'deleted' | 'renamed';
}

/** Nothing of the user's configuration or of the repository's attributes is run, or changes what is printed. */
const PLAIN_DIFF = [
  ...['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--no-relative', '--ignore-submodules=dirty'],
  ...['--submodule=short', '--find-renames', '-l1000', '-O/dev/null'],
];
/** Git takes a file for binary that has a NUL in its first bytes. */
const BYTES_LOOKED_AT = 8000;
/** At the start of a line as git ends them: a carriage return is a part of a file's text. */
const HUNK = /(?<![^\n])@@ -\S+ \+(\d+)(?:,(\d+))? @@/g;

/**
 * Every file that differs, by path: between two commits, or between a commit and the work tree. Of the work
 * tree files count that git does not track yet and does not ignore; one of them that was moved by hand is one
 * file deleted and another added. A change of type, such as from a file to a link, is a modification.
 *
 * @param root the project's, in a git repository or a subfolder of one
 * @param from full hash of a commit
 * @param to full hash of a commit; null for the work tree
 * @throws InputError where git cannot give it
 */
export function changedFiles(root: string, from: string, to: string | null): ChangedFile[] {
  const { git, prefix } = repositoryAbove(root);
  const diff = plainDiff(git, ['-z', '--name-status', ...commits(from, to), '--']);
  const found = new Map(statusesOf(diff).map((each) => [each.path, each]));
  const untracked = to === null ? untrackedIn(git, []) : [];
  for (const name of untracked) {
    const status = found.has(name) ? 'modified' : 'added';
    found.set(name, { path: name, previous: null, status });
  }
  const fromRoot = (name: string) => path.posix.relative(`/${prefix}`, `/${name}`);
  return [...found.values()]
    .map((each) => ({
      ...each,
      path: fromRoot(each.path),
      previous: each.previous === null ? null : fromRoot(each.previous),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Lines of a file, 1-based and ascending, that are new or changed in it. Empty where there is no such file,
 * where it lost lines only, and where it is binary.
 *
 * @param file as changedFiles gives it, with the other parameters the same: of a renamed one whose path before is
 *   not known all lines count as new
 * @throws InputError where git cannot give it
 */
export function changedLines(
  root: string,
  from: string,
  to: string | null,
  file: Pick<ChangedFile, 'path' | 'previous'>,
): number[] {
  const { git, prefix, top } = repositoryAbove(root);
  const names = [file.path, ...(file.previous === null ? [] : [file.previous])].map((each) =>
    path.posix.join(prefix, each),
  );
  if (names.some((name) => /^\.\.(\/|$)/.test(name))) return [];
  const [name = ''] = names;
  if (to === null && untrackedIn(git, [name]).includes(name)) return allLinesOf(`${top}${name}`);
  const options = ['-U0', '--inter-hunk-context=0', ...commits(from, to)];
  return [...linesAdded(plainDiff(git, [...options, '--', ...names]))];
}

/** Where a project lies in its repository: `''`, or a path that ends in `/`, such as `gate/`. */
export function projectPrefix(root: string): string {
  const found = gitIn(root)(['rev-parse', '--show-prefix']);
  if (found.status !== 0) refuse(`cannot say where ${quote(root)} lies`, 'Run in a clone of the repository');
  return found.stdout.toString().replace(/\n$/, '');
}

/** Git in the uppermost folder, where every path is a full one; `prefix` leads from there to the project. */
function repositoryAbove(root: string): { git: Git; prefix: string; top: string } {
  const prefix = projectPrefix(root);
  // Not joined: the folder may have been reached through a link.
  const top = `${root}/${'../'.repeat(prefix.split('/').length - 1)}`;
  return { git: gitIn(top), prefix, top };
}

function commits(from: string, to: string | null): string[] {
  const named = to === null ? [from] : [from, to];
  for (const commit of named) {
    if (!/^[0-9a-f]{40,64}$/.test(commit))
      refuse(`was given ${quote(commit)}`, 'Give the full hash of a commit');
  }
  return named;
}

/** Reading the work tree would run the filters that attributes name, so each is taken away. */
function plainDiff(git: Git, args: readonly string[]): Buffer {
  const keys = git(['config', '-z', '--name-only', '--get-regexp', '^filter\\.']).stdout;
  const withoutFilters = splitAtNul(keys).map((key) => `--config-env=${key}=${EMPTY_VARIABLE}`);
  const { status, stdout, stderr } = git([...withoutFilters, '--literal-pathspecs', ...PLAIN_DIFF, ...args]);
  if (status === 0) return stdout;
  return refuse(
    `could not compare: ${quote(stderr.trim())}`,
    'Fetch both commits whole: git fetch --unshallow',
  );
}

/** All files that git does not track and does not ignore, or those of them that are named. */
function untrackedIn(git: Git, names: readonly string[]): string[] {
  const options = ['-z', '--others', '--exclude-standard'];
  const { status, stdout, stderr } = git(['--literal-pathspecs', 'ls-files', ...options, '--', ...names]);
  if (status === 0) return splitAtNul(stdout);
  return refuse(`could not list files: ${quote(stderr.trim())}`, 'Check the clone with git fsck');
}

/** Reads `M⌀path⌀`, and `R097⌀previous⌀path⌀`, again and again; ⌀ is NUL. */
function statusesOf(output: Buffer): ChangedFile[] {
  const parts = splitAtNul(output).values();
  const files: ChangedFile[] = [];
  for (const letter of parts) {
    const first = parts.next().value ?? '';
    if (letter.startsWith('R')) {
      files.push({ path: parts.next().value ?? '', previous: first, status: 'renamed' });
    } else {
      const status = letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : 'modified';
      files.push({ path: first, previous: null, status });
    }
  }
  return files;
}

/** Reads the new side of `@@ -12,3 +14,2 @@`; every line of a file's text begins with another character. */
function* linesAdded(diff: Buffer): Generator<number> {
  for (const [, start, count = '1'] of diff.toString('latin1').matchAll(HUNK)) {
    for (let line = 0; line < Number(count); line += 1) yield Number(start) + line;
  }
}

function allLinesOf(file: string): number[] {
  if (!lstatSync(file).isFile()) return [];
  const bytes = readFileSync(file);
  if (bytes.subarray(0, BYTES_LOOKED_AT).includes(0)) return [];
  const count = bytes.toString('latin1').replace(/\n$/, '').split('\n').length;
  return bytes.length === 0 ? [] : Array.from({ length: count }, (_, index) => index + 1);
}

function splitAtNul(output: Buffer): string[] {
  return output.toString().split('\0').slice(0, -1);
}

function refuse(what: string, mend: string): never {
  throw new InputError([{ file: 'git', line: null, id: null, what, mend }]);
}
