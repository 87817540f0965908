import { createHash } from 'node:crypto';

/**
 * JSON with object keys sorted, so that equal values have equal text. Lone surrogates come out as
 * `\udXXX` escapes (well-formed JSON.stringify), so texts that differ only there stay different.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

/** SHA-256 of the canonical JSON of a value, 64 lower-case hex digits. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
