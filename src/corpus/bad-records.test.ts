import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkspace } from '../../test/workspace.ts';
import { InputError } from '../errors/errors.ts';
import { openBadRecords } from './bad-records.ts';

describe('the side file of bad records', () => {
  it('names each record on a line, for its owner alone, and begins anew each time', () => {
    const file = path.join(makeWorkspace({}), 'new', 'bad.jsonl');
    for (const count of [3000, 2]) {
      const badRecords = openBadRecords(file);
      for (let line = 1; line <= count; line += 1)
        badRecords.write({ kind: 'bad', file: 'a\n".jsonl', line, what: 'is not JSON' });
      if (count === 3000) expect(statSync(file).size).toBeGreaterThan(64 * 1024);
      badRecords.close();
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
      expect(lines).toHaveLength(count);
      expect(lines[1]).toBe('{"file":"a\\n\\".jsonl","line":2,"what":"is not JSON"}');
    }
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('refuses a path that cannot be written', () => {
    const folder = makeWorkspace({});
    mkdirSync(path.join(folder, 'bad.jsonl'));
    expect(() => openBadRecords(path.join(folder, 'bad.jsonl'))).toThrow(InputError);
  });
});
