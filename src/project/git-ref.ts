import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import { nearest, quote } from '../schema/check.ts';
import { type Git, type GitResult, gitIn } from './git-command.ts';

/** The files of a project as they were at one commit. Paths are from the project's root, with `/`. */
export interface GitTree {
  /** Full hash of the commit. */
  commit: string;
  /** A file's bytes, or null where the commit has no such file. Throws InputError where git cannot give it. */
  read(pathFromRoot: string): Uint8Array | null;
  /** Names of the files that lie directly in a folder, sorted; empty where the commit has no such folder. */
  list(folderFromRoot: string): string[];
}

/**
 * Opens the merge base of a ref and a change: the state that the change started from, so that what landed on the
 * ref since is not taken for a part of it. Nothing is fetched and no file of the work tree is read. Files of one
 * folder are read together, two processes a folder.
 *
 * @param root the project's, in a git repository or a subfolder of one
 * @param ref a branch, tag or commit as git reads it, such as `origin/main`
 * @param head the change, as git reads it
 * @throws InputError where there is no repository, no such ref or no merge base, with what to type
 */
export function openBase(root: string, ref: string, head = 'HEAD'): GitTree {
  const { git, isShallow, prefix } = repositoryAt(root);
  refuseIfNoRef(ref);
  refuseIfNoRef(head);
  const change = commitOf(git, head);
  if (change === null && head === 'HEAD')
    refuse('the repository has no commit yet', 'Commit, or leave --base out');
  if (change === null) refuse(`git knows no commit ${quote(head)}`, mendRef(git, head, isShallow));
  const tip = commitOf(git, ref);
  if (tip === null) refuse(`git knows no commit ${quote(ref)}`, mendRef(git, ref, isShallow));
  const base = git(['merge-base', tip, change]);
  if (base.status !== 0) {
    refuse(
      `${head} and ${quote(ref)} have no commit in common${isShallow ? ' in this shallow clone' : ''}`,
      isShallow
        ? `Type ${fetchCommand(git, ref, true)}`
        : `Name the branch that ${head} is to be merged into`,
    );
  }
  return treeAt(git, base.stdout.toString().trim(), prefix, ref);
}

/**
 * Opens one commit, as data: none of its files is written or run.
 *
 * @throws InputError where there is no repository or no such commit
 */
export function openCommit(root: string, ref: string): GitTree {
  const { git, isShallow, prefix } = repositoryAt(root);
  refuseIfNoRef(ref);
  const commit = commitOf(git, ref);
  return commit === null
    ? refuse(`git knows no commit ${quote(ref)}`, mendRef(git, ref, isShallow))
    : treeAt(git, commit, prefix, ref);
}

function refuseIfNoRef(ref: string): void {
  if (/^[^-\p{Cc}][^\p{Cc}]*$/u.test(ref)) return;
  refuse(`${quote(ref)} is no name of a branch, tag or commit`, 'Write a ref, such as origin/main');
}

function repositoryAt(root: string): { git: Git; isShallow: boolean; prefix: string } {
  const git = gitIn(root);
  const [shallow, ...prefix] = repositoryOf(git, root).split('\n');
  return { git, isShallow: shallow === 'true', prefix: prefix.join('\n').slice(0, -1) };
}

/** `true` or `false`, whether the clone is shallow, and on the next line where `root` lies in the repository. */
function repositoryOf(git: Git, root: string): string {
  const found = git(['rev-parse', '--is-shallow-repository', '--show-prefix']);
  if (found.status === 0) return found.stdout.toString();
  if (found.stderr.includes('dubious ownership')) {
    refuse(
      `git does not trust ${root}, which belongs to another user`,
      'Type git config --global --add safe.directory with the folder of the repository',
    );
  }
  return refuse(`${root} is in no git repository`, 'Leave --base out, or run in a clone');
}

function commitOf(git: Git, ref: string): string | null {
  const { stdout } = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  return /^[0-9a-f]{40,64}$/.exec(stdout.toString().trim())?.[0] ?? null;
}

function mendRef(git: Git, ref: string, isShallow: boolean): string {
  if (isShallow) return `To fetch it, type ${fetchCommand(git, ref, true)}`;
  const refs = git(['for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/remotes', 'refs/tags']);
  const names = linesOf(refs.stdout);
  const meant =
    names.find((name) => name.endsWith(`/${ref}`) || ref.endsWith(`/${name}`)) ?? nearest(ref, names);
  const question = meant === null ? '' : `Did you mean ${quote(meant)}? `;
  return remoteBranch(git, ref) === null
    ? `${question}Name a branch, tag or commit of this repository`
    : `${question}To fetch it, type ${fetchCommand(git, ref, false)}`;
}

/** A clone of one branch fetches no other unless the branch is spelt out. */
function fetchCommand(git: Git, ref: string, isShallow: boolean): string {
  const known = remoteBranch(git, ref);
  const command = `git fetch ${isShallow ? '--unshallow ' : ''}${known?.remote ?? 'origin'}`;
  return known === null
    ? command
    : `${command} +refs/heads/${known.branch}:refs/remotes/${known.remote}/${known.branch}`;
}

/** `origin/main` as a remote and its branch; null where it is none, or not safe to be typed as it is. */
function remoteBranch(git: Git, ref: string): { remote: string; branch: string } | null {
  if (!/^[A-Za-z0-9._/-]+$/.test(ref)) return null;
  const remote = linesOf(git(['remote']).stdout).find((name) => ref.startsWith(`${name}/`));
  return remote === undefined ? null : { remote, branch: ref.slice(remote.length + 1) };
}

interface TreeEntry {
  /** `100644` and `100755` are files, `120000` is a symbolic link, `160000` a submodule, `040000` a folder. */
  mode: string;
  object: string;
}

function treeAt(git: Git, commit: string, prefix: string, ref: string): GitTree {
  const folders = new Map<string, ReadonlyMap<string, TreeEntry>>();
  const blobs = new Map<string, Uint8Array>();

  /** By full path. */
  function entries(paths: readonly string[]): Map<string, TreeEntry> {
    const { stdout } = succeed(git(['ls-tree', '-z', '--full-tree', '--', commit, ...paths]));
    return new Map(
      stdout
        .toString()
        .split('\0')
        .flatMap((line) => {
          const [, mode = '', object = '', name] = /^(\d+) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
          return name === undefined ? [] : [[name, { mode, object }] as const];
        }),
    );
  }

  function open(folder: string): ReadonlyMap<string, TreeEntry> {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const found = entries(folder === '' ? [] : [`${folder}/`]);
    if (found.size === 0) refuseDetour(folder);
    folders.set(folder, found);
    return found;
  }

  /** A folder that a link or a submodule stands for must not pass for one that is not there. */
  function refuseDetour(folder: string): void {
    const parts = folder.split('/');
    for (const [name, entry] of entries(parts.map((_, index) => parts.slice(0, index + 1).join('/')))) {
      refuseUnlessStored(name, entry);
    }
  }

  function refuseUnlessStored(name: string, { mode }: TreeEntry): void {
    const kind = mode === '120000' ? 'a symbolic link' : mode === '160000' ? 'a submodule' : null;
    if (kind === null) return;
    refuse(
      `${quote(name)} is ${kind} in ${quote(ref)}, so what it leads to is not known`,
      'Keep suites and goldens in the repository itself, or leave --base out',
    );
  }

  function readTogether(folder: string): void {
    const files = [...open(folder).values()].filter(({ mode }) => mode.startsWith('100'));
    const wanted = [...new Set(files.map(({ object }) => object))].filter((object) => !blobs.has(object));
    const read = git(['cat-file', '--batch'], wanted.map((object) => `${object}\n`).join(''));
    for (const [object, bytes] of blobsOf(succeed(read).stdout)) blobs.set(object, bytes);
  }

  return {
    commit,
    read(pathFromRoot) {
      const name = fullPath(prefix, pathFromRoot);
      const folder = folderOf(name);
      const entry = open(folder).get(name);
      if (entry === undefined || entry.mode === '040000') return null;
      refuseUnlessStored(name, entry);
      if (!blobs.has(entry.object)) readTogether(folder);
      return blobs.get(entry.object) ?? refuseMissing();
    },
    list(folderFromRoot) {
      const folder = fullPath(prefix, folderFromRoot);
      const files = [...open(folder)].filter(([, { mode }]) => mode !== '040000' && mode !== '160000');
      return files.map(([name]) => path.posix.basename(name)).sort();
    },
  };
}

function fullPath(prefix: string, pathFromRoot: string): string {
  const full = path.posix.join(prefix, pathFromRoot).replace(/^\.?\/|^\.$|\/$/g, '');
  if (!/^\.\.(\/|$)/.test(full) && !path.posix.isAbsolute(pathFromRoot)) return full;
  return refuse(`${quote(pathFromRoot)} lies outside of the repository`, 'Move it in, or leave --base out');
}

function folderOf(name: string): string {
  const folder = path.posix.dirname(name);
  return folder === '.' ? '' : folder;
}

/** Reads `<object> blob <size>⏎<bytes>⏎`, again and again; an object that git lacks has no bytes. */
function* blobsOf(output: Buffer): Generator<[object: string, bytes: Uint8Array]> {
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf('\n', start);
    const [object = '', kind, size] = output.toString('latin1', start, end).split(' ');
    start = end + 1;
    if (kind !== 'blob') continue;
    yield [object, output.subarray(start, start + Number(size))];
    start += Number(size) + 1;
  }
}

function succeed(result: GitResult): GitResult {
  if (result.status === 0) return result;
  if (/promisor|not allowed/.test(result.stderr)) refuseMissing();
  return refuse(`git could not read it: ${quote(result.stderr.trim())}`, 'Check the clone with git fsck');
}

function refuseMissing(): never {
  return refuse('the clone lacks files of that commit', 'Type git fetch --refetch --no-filter origin');
}

function linesOf(output: Buffer): string[] {
  return output.toString().split('\n').filter(Boolean);
}

function refuse(what: string, mend: string): never {
  throw new InputError([{ file: '--base', line: null, id: null, what, mend }]);
}
