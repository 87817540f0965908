import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EMBEDDED_REVISION } from './embedded-model.ts';

/** Source text of each revision. A recorded answer is reused while the revision stays, so the two must move together. */
const FINGERPRINTS: Readonly<Record<number, string>> = {
  2: '3c5e29b746998a14',
  // The answers of 2, also to prompts that are made to hold their reader up.
  3: '8415b61d5c10a12d',
  // The same, to such headings and empty lines as well.
  4: 'e1fb699778e60f97',
};

describe('the revision of embedded', () => {
  it('is raised, with a fingerprint noted here, whenever its code changes', () => {
    const folder = new URL('./embedded/', import.meta.url);
    const sources = readdirSync(folder).filter((name) => !name.endsWith('.test.ts'));
    const hash = createHash('sha256');
    for (const name of sources.sort()) hash.update(`${name}\n${readFileSync(new URL(name, folder), 'utf8')}`);
    expect(FINGERPRINTS[EMBEDDED_REVISION]).toBe(hash.digest('hex').slice(0, 16));
  });
});
