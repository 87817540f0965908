import { execFileSync } from 'node:child_process';
import { InputError } from '../errors/errors.ts';
import { quote } from '../schema/check.ts';

/**
 * A file as a branch, tag or commit itself has it (not the merge base); null where it has no such file. Nothing is
 * fetched.
 *
 * @param folder in a git repository
 * @param pathFromFolder with `/`
 * @throws InputError where the ref is none, or git cannot be asked
 */
export function fileAtRef(folder: string, ref: string, pathFromFolder: string): Uint8Array | null {
  const refuse = (what: string, mend: string): never => {
    throw new InputError([{ file: `ref:${ref}`, line: null, id: null, what, mend }]);
  };
  if (!/^[^-\p{Cc}][^\p{Cc}]*$/u.test(ref)) refuse(`${quote(ref)} is no ref`, 'Write one, such as ref:main');
  const commit = git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (commit === null)
    return refuse(
      `git knows no commit ${quote(ref)} here`,
      'Name a branch, tag or commit of this repository, or fetch it',
    );
  const hash = commit.toString().trim();
  const object = git(folder, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${hash}:./${pathFromFolder}`,
  ]);
  if (object === null) return null;
  return (
    git(folder, ['cat-file', 'blob', object.toString().trim()]) ??
    refuse(`git cannot read ${quote(pathFromFolder)} there`, 'Check the clone with git fsck')
  );
}

/** What git printed; null where it failed. No shell, no pager, no lock, no network, and no repository of a hook's. */
function git(folder: string, args: readonly string[]): Buffer | null {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const quiet = ['--no-pager', '--no-optional-locks', '--no-replace-objects', '-c', 'protocol.allow=never'];
  try {
    return execFileSync('git', [...quiet, ...args], {
      cwd: folder,
      env: { ...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' },
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: Number.POSITIVE_INFINITY,
    });
  } catch {
    return null;
  }
}
