import { existsSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Removes what a killed writer (`src/review/write-together.ts`) left beside files: copies that hold conversations, and
 * that a commit of the folder would take along. The caller is the only writer.
 */
export function removeLeftovers(files: readonly string[]): void {
  for (const file of files) {
    const place = existsSync(file) ? realpathSync(file) : file;
    const folder = path.dirname(place);
    if (!existsSync(folder)) continue;
    const start = `${path.basename(place)}.`;
    for (const name of readdirSync(folder))
      if (name.startsWith(start) && /^\d+\.part$/.test(name.slice(start.length)))
        rmSync(path.join(folder, name), { force: true });
  }
}
