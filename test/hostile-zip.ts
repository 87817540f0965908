import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive, with every lie that its headers can tell. */
export interface ZipEntry {
  /** Bytes where it is to be no UTF-8. */
  name: string | Buffer;
  content: string | Buffer;
  /** 8 is deflate, 0 is stored as it is. */
  method?: number;
  /** General purpose flags: 1 is encrypted. */
  flags?: number;
  /** Unix mode, as a symbolic link has it. */
  mode?: number;
  /** Said instead of the true length of the content. */
  declaredSize?: number;
  /** Said instead of the true checksum. */
  checksum?: number;
  /** Index of an entry before it whose bytes it shares, so that both overlap. */
  sharedWith?: number;
}

/** What the end of an archive says of the whole. */
export interface ZipEnd {
  /** Said instead of the true number of entries. */
  entries?: number;
  /** Bytes after the end. */
  trailing?: Buffer;
}

/** A ZIP archive written byte by byte, as no packer would: a local header and the data a file, the directory, the end. */
export function zipOf(entries: readonly ZipEntry[], end: ZipEnd = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const entry of entries) {
    const fields = fieldsOf(entry);
    const shared = entry.sharedWith === undefined ? undefined : offsets[entry.sharedWith];
    offsets.push(shared ?? offset);
    directory.push(directoryHeader(entry, fields, shared ?? offset));
    if (shared !== undefined) continue;
    const local = Buffer.concat([localHeader(fields), fields.name, fields.packed]);
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const tail = endRecord(end.entries ?? entries.length, central.length, offset);
  return Buffer.concat([...locals, central, tail, end.trailing ?? Buffer.alloc(0)]);
}

interface EntryFields {
  name: Buffer;
  packed: Buffer;
  /** From `version needed` to the length of the extra field: the same 26 bytes in both headers. */
  common: Buffer;
}

function fieldsOf({
  name: given,
  content,
  method = 8,
  flags = 0,
  declaredSize,
  checksum,
}: ZipEntry): EntryFields {
  const name = Buffer.from(given);
  const bytes = Buffer.from(content);
  const packed = method === 8 ? deflateRawSync(bytes) : bytes;
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(flags, 2);
  common.writeUInt16LE(method, 4);
  common.writeUInt32LE(checksum ?? crc32(bytes), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(declaredSize ?? bytes.length, 18);
  common.writeUInt16LE(name.length, 22);
  return { name, packed, common };
}

function localHeader({ common }: EntryFields): Buffer {
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common]);
}

function directoryHeader(
  { mode = 0o100644 }: ZipEntry,
  { name, common }: EntryFields,
  offset: number,
): Buffer {
  const madeOnUnix = Buffer.from([20, 3]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((mode << 16) >>> 0, 6);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), madeOnUnix, common, rest, name]);
}

function endRecord(entries: number, directorySize: number, directoryOffset: number): Buffer {
  const record = Buffer.alloc(22);
  record.write('PK\x05\x06', 'latin1');
  record.writeUInt16LE(entries, 8);
  record.writeUInt16LE(entries, 10);
  record.writeUInt32LE(directorySize, 12);
  record.writeUInt32LE(directoryOffset, 16);
  return record;
}
