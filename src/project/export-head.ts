import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import { quote } from '../schema/check.ts';
import { readSuite } from '../suite/read-suite.ts';
import type { GitTree } from './git-ref.ts';

/** Folders whose files decide a check, with the ending that such files have. */
const FOLDERS = [
  ['suites', '.yaml'],
  ['suites/baselines', '.jsonl'],
  ['goldens', '.jsonl'],
  ['goldens/labels', '.jsonl'],
  ['goldens/open', '.jsonl'],
] as const;
const MOST_BYTES = 512 * 1024 * 1024;
/** One part of a path that means itself on every system. */
const PLAIN_PART = /^(?!\.{1,2}$)[A-Za-z0-9._@+-]{1,200}$/;

/** Files of a commit in a folder of their own. */
export interface ExportedHead {
  root: string;
  remove(): void;
}

/**
 * Writes what a check reads of a commit into a fresh temporary folder: suites, baselines, goldens, and the
 * prompts that the suites name. They are written as data, none of them can be executed, and nothing else of
 * the commit is touched: no hook, no package, no script.
 *
 * @throws InputError for a path that is not plain, and for more than 512 MB
 */
export function exportHead(tree: GitTree): ExportedHead {
  const root = mkdtempSync(path.join(tmpdir(), 'touchstone-head-'));
  const remove = () => rmSync(root, { recursive: true, force: true });
  let bytesLeft = MOST_BYTES;
  const write = (file: string) => {
    const bytes = tree.read(file);
    if (bytes === null) return;
    bytesLeft -= bytes.length;
    if (bytesLeft < 0) refuse(file, 'is more than can be checked', 'Keep suites and goldens under 512 MB');
    mkdirSync(path.join(root, path.posix.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), bytes, { mode: 0o600 });
  };
  try {
    mkdirSync(path.join(root, 'suites'));
    for (const [folder, ending] of FOLDERS) {
      for (const name of tree.list(folder)) if (name.endsWith(ending)) write(plain(`${folder}/${name}`));
    }
    for (const [prompt, suite] of promptsOf(tree)) {
      // Before it is looked for: a path that leads out would else be read where the folder lies.
      if (!isPlain(prompt)) refuse(suite, `names the prompt ${quote(prompt)}, ${NOT_PLAIN}`, USE_PLAIN);
      write(prompt);
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { root, remove };
}

const NOT_PLAIN = 'a path that is not plain';
const USE_PLAIN = 'Use letters, digits, dots, dashes and underscores, below the project’s root';

function isPlain(file: string): boolean {
  return file.split('/').every((part) => PLAIN_PART.test(part));
}

function plain(file: string): string {
  return isPlain(file) ? file : refuse(quote(file), `is ${NOT_PLAIN}`, USE_PLAIN);
}

/** Paths of the prompts that readable suites name, with a suite that does; broken ones are reported by who reads them. */
function promptsOf(tree: GitTree): Map<string, string> {
  const names = tree.list('suites').filter((name) => name.endsWith('.yaml'));
  return new Map(
    names.flatMap((name) => {
      const file = `suites/${name}`;
      const bytes = tree.read(file);
      const suite = bytes === null ? null : readSuite(bytes, file).suite;
      return suite === null ? [] : [[path.posix.normalize(suite.suite.prompt), file] as const];
    }),
  );
}

function refuse(file: string, what: string, mend: string): never {
  throw new InputError([{ file, line: null, id: null, what, mend }]);
}
