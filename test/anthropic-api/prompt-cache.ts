import { createHash } from 'node:crypto';
import type { MessageBody } from './request-schema.ts';
import { countText } from './tokens.ts';

/** How many tokens of a prompt were written to the cache and read from it. */
export interface CacheUse {
  written: number;
  read: number;
  /** To be called when the answer begins: only from then on can others read what was written. */
  ready: () => void;
}

const FIVE_MINUTES = 300_000;

/** The prompt cache: system text up to its last marked block, kept five minutes from its last use. */
export function promptCache(floorTokens: number, now: () => number) {
  const entries = new Map<string, { expiresAt: number }>();
  return {
    use: (body: MessageBody): CacheUse => {
      const prefix = markedPrefix(body);
      const tokens = countText(prefix);
      if (tokens < floorTokens || prefix === '') return { written: 0, read: 0, ready: () => {} };
      const key = createHash('sha256').update(`${body.model} ${prefix}`).digest('hex');
      const entry = entries.get(key);
      const refresh = () => void entries.set(key, { expiresAt: now() + FIVE_MINUTES });
      if (entry === undefined || entry.expiresAt <= now())
        return { written: tokens, read: 0, ready: refresh };
      refresh();
      return { written: 0, read: tokens, ready: () => {} };
    },
  };
}

function markedPrefix({ system }: MessageBody): string {
  if (system === undefined || typeof system === 'string') return '';
  const last = system.findLastIndex(({ cache_control }) => cache_control != null);
  return system
    .slice(0, last + 1)
    .map(({ text }) => text)
    .join('\n');
}
