import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cacheFile } from './cache-file.ts';

it.each([0, 1, 4 * 1024 * 1024, 9_000_001])(
  'reads a file of %i bytes to its end and leaves it as it is',
  async (size) => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'touchstone-')), 'store');
    const bytes = Buffer.alloc(size, 7);
    writeFileSync(file, bytes);
    await cacheFile(file);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  },
);

it('fails where there is no such file', async () => {
  await expect(cacheFile('/nowhere/store')).rejects.toThrow('ENOENT');
});
