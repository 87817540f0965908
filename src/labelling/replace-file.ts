import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/** A file's bytes; null where there is no such file. */
export function bytesOf(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * Replaces a file as a whole, on the disk when it returns: whoever reads it, and whenever the process is killed, there
 * is the old text or the new one. A link stays a link, and the file keeps its mode. What an earlier, killed writer left
 * beside it is removed; the caller holds the lock that makes it the only writer.
 *
 * @param before what the file must hold still; null where there must be none
 * @returns whether it did, and was replaced
 */
export function replaceFile(file: string, before: Buffer | null, after: Buffer): boolean {
  mkdirSync(path.dirname(file), { recursive: true });
  const place = before === null ? file : realpathSync(file);
  const part = `${place}.labelling.part`;
  rmSync(part, { force: true });
  const mode = before === null ? 0o644 : statSync(place).mode & 0o777;
  const handle = openSync(part, 'wx', mode);
  try {
    for (let written = 0; written < after.length; ) written += writeSync(handle, after, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (!isSame(bytesOf(place), before)) {
    rmSync(part, { force: true });
    return false;
  }
  renameSync(part, place);
  syncFolder(path.dirname(place));
  return true;
}

export function isSame(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}

/** Makes the renaming itself last; systems that cannot do it for a folder do it by themselves. */
function syncFolder(folder: string): void {
  let handle: number | null = null;
  try {
    handle = openSync(folder, 'r');
    fsyncSync(handle);
  } catch {
    // Windows.
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
