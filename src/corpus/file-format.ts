/** How a corpus file is written. */
export type FileFormat = 'lines' | 'lines.gz' | 'lines.zst' | 'parquet' | 'csv';

/** The names that the corpus files of a folder have, for a sentence. */
export const FILE_NAMES = '.jsonl or .ndjson, plain or with .gz or .zst, or .parquet';

const FORMATS: readonly (readonly [name: RegExp, format: FileFormat])[] = [
  [/\.(?:jsonl|ndjson)$/i, 'lines'],
  [/\.(?:jsonl|ndjson)\.gz$/i, 'lines.gz'],
  [/\.(?:jsonl|ndjson)\.zst$/i, 'lines.zst'],
  [/\.parquet$/i, 'parquet'],
  [/\.csv$/i, 'csv'],
];

/** The format that a file's name says; null where it is no corpus file's name. */
export function fileFormat(file: string): FileFormat | null {
  return FORMATS.find(([name]) => name.test(file))?.[1] ?? null;
}

/**
 * What is wrong with a file, judged by its first four bytes; null where they suit the format. An empty file of
 * lines is sound: a corpus without records.
 */
export function headFault(format: FileFormat, head: Uint8Array): { what: string; mend: string } | null {
  const magic = Buffer.from(head).toString('hex');
  const isGzip = magic.startsWith('1f8b');
  const isZstd = magic === '28b52ffd' || /^5.2a4d18$/.test(magic);
  if (format === 'parquet') {
    if (magic === PARQUET) return null;
    const what = magic === ENCRYPTED_PARQUET ? 'is encrypted Parquet' : 'is not Parquet';
    return { what, mend: 'Write it again as plain Parquet, or correct its name' };
  }
  if (magic === '') return null;
  if (format === 'lines.gz') return isGzip ? null : { what: 'is not gzip', mend: 'Correct its name' };
  if (format === 'lines.zst') return isZstd ? null : { what: 'is not Zstandard', mend: 'Correct its name' };
  if (isGzip) return { what: 'is gzip, not plain text', mend: 'Let its name end in .gz' };
  if (isZstd) return { what: 'is Zstandard, not plain text', mend: 'Let its name end in .zst' };
  if (/^(?:fffe|feff)/.test(magic)) return { what: 'is UTF-16, not UTF-8', mend: 'Save it as UTF-8' };
  return null;
}

const PARQUET = Buffer.from('PAR1').toString('hex');
const ENCRYPTED_PARQUET = Buffer.from('PARE').toString('hex');
