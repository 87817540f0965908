import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { fits, quote } from '../schema/check.ts';
import { RunFile } from '../schema/handover.ts';

export interface ArchiveLimits {
  /** Files and folders. */
  entries: number;
  /** Of all files together, unpacked; the archive itself may not be larger either. */
  bytes: number;
}

/** Room for 64 suites and the 100,000 cases that a handover may have. */
const HANDOVER_LIMITS: ArchiveLimits = { entries: 80, bytes: 64 * 1024 * 1024 };

/** The only folder that a handover has. */
const FOLDER = 'runs/';
/** The kinds of file in a Unix mode: the bits that tell, and the two that are no link, device or socket. */
const FILE_KIND = { mask: 0o170000, regular: 0o100000, folder: 0o040000 };

/**
 * Unpacks the ZIP archive of a handover in memory: its files by name. Nothing is written to disk, and no more bytes
 * are inflated than `limits` allows, whatever the archive's headers say.
 *
 * @throws InputError where it is not a whole ZIP archive, or has too many entries or bytes; or for every entry that is
 *   encrypted, twice there, no plain file or not named as a handover names its files; or for one that is damaged
 */
export async function readArchive(
  zip: Buffer,
  limits: ArchiveLimits = HANDOVER_LIMITS,
): Promise<ReadonlyMap<string, Buffer>> {
  if (zip.length > limits.bytes) throw tooLarge(limits);
  const archive = await openArchive(zip);
  if (archive.entryCount > limits.entries) {
    throw refusal(`has ${archive.entryCount} entries, more than ${limits.entries}`);
  }
  const entries = await listEntries(archive);
  const problems = entries.flatMap((entry) => faultsOf(entry).map(problemOf));
  problems.push(...duplicates(entries.map(nameOf)).map((name) => problemOf(`has ${quote(name)} twice`)));
  if (problems.length > 0) throw new InputError(problems);
  const declared = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (declared > limits.bytes) throw tooLarge(limits);
  const files = new Map<string, Buffer>();
  for (const entry of entries.filter((each) => nameOf(each) !== FOLDER)) {
    files.set(nameOf(entry), await inflate(archive, entry));
  }
  return files;
}

function openArchive(zip: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true, decodeStrings: false }, (error, archive) => {
      if (error === null) resolve(archive);
      else reject(unreadable(error));
    });
  });
}

function listEntries(archive: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    archive.on('entry', (entry: Entry) => {
      entries.push(entry);
      archive.readEntry();
    });
    archive.on('end', () => resolve(entries));
    archive.on('error', (error: Error) => reject(unreadable(error)));
    archive.readEntry();
  });
}

/** The bytes of the name: `decodeStrings: false` leaves them as they are, since decoding could make names equal. */
function nameBytes({ fileName }: Entry): Buffer {
  return Buffer.from(fileName);
}

function nameOf(entry: Entry): string {
  return nameBytes(entry).toString();
}

function faultsOf(entry: Entry): string[] {
  const name = nameOf(entry);
  const shown = quote(name);
  if (!isUtf8(nameBytes(entry))) return [`has an entry ${shown} whose name is not UTF-8`];
  const isFolder = name === FOLDER;
  if (!isFolder && name !== 'handover.json' && !fits(RunFile, name)) {
    return [`has an entry ${shown}, where only handover.json and runs/SUITE.json may be`];
  }
  const kind = (entry.externalFileAttributes >>> 16) & FILE_KIND.mask;
  const rightKind = isFolder ? FILE_KIND.folder : FILE_KIND.regular;
  const faults: string[] = [];
  if (kind !== 0 && kind !== rightKind) faults.push(`has an entry ${shown} that is no plain file`);
  if (isFolder && entry.uncompressedSize > 0) faults.push(`has a folder ${shown} with content of its own`);
  if (entry.isEncrypted()) faults.push(`has an entry ${shown} that is encrypted`);
  if (entry.compressionMethod !== 0 && !entry.isCompressed()) {
    faults.push(`has an entry ${shown} that is packed by method ${entry.compressionMethod}`);
  }
  return faults;
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** yauzl stops where more bytes come than the entry declares, so the sum of what is declared is the limit kept. */
async function inflate(archive: ZipFile, entry: Entry): Promise<Buffer> {
  const shown = quote(nameOf(entry));
  const content = await new Promise<Buffer>((resolve, reject) => {
    archive.openReadStream(entry, (error: Error | null, stream: Readable) => {
      if (error === null) buffer(stream).then(resolve, reject);
      else reject(error);
    });
  }).catch((error: unknown) => {
    throw refusal(`has an entry ${shown} that cannot be unpacked: ${messageOf(error)}`);
  });
  if (crc32(content) !== entry.crc32) throw refusal(`has an entry ${shown} whose checksum is wrong`);
  return content;
}

function unreadable(error: Error): InputError {
  return refusal(`is no ZIP archive that can be read: ${messageOf(error)}`);
}

function tooLarge({ bytes }: ArchiveLimits): InputError {
  return refusal(`is larger than ${Math.floor(bytes / 1024)} KiB`);
}

function messageOf(error: unknown): string {
  return quote(error instanceof Error ? error.message : String(error));
}

function refusal(what: string): InputError {
  return new InputError([problemOf(what)]);
}

function problemOf(what: string): Problem {
  return { file: 'the handover archive', line: null, id: null, what, mend: 'Run the check again' };
}
