/**
 * A record not yet read: its JSON, its value, or what keeps it from being got at. `line` is 1-based: a line or a
 * row.
 */
export type RawRecord =
  | { kind: 'json'; line: number; json: string }
  | { kind: 'value'; line: number; value: unknown }
  | RecordFault;

/** What keeps a record from being got at. */
export interface RecordFault {
  kind: 'fault';
  line: number;
  what: string;
  /** Where nothing that stands behind it in its file can be read either. */
  endsFile?: true;
}
