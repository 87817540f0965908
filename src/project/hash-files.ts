import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** SHA-256 of the files' bytes; one that is missing is told from one that is empty. */
export function hashOfFiles(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    try {
      const bytes = readFileSync(file);
      hash.update(`${bytes.length} `).update(bytes);
    } catch {
      hash.update('missing ');
    }
  }
  return hash.digest('hex');
}
