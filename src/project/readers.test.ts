import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { colorProject } from '../../test/color-classifier.ts';
import { makeWorkspace } from '../../test/workspace.ts';
import { loadWork } from './load-work.ts';
import { findProject } from './project.ts';
import { rememberingReaders } from './readers.ts';

describe('rememberingReaders', () => {
  it('gives what was read before until a byte changes', () => {
    const root = makeWorkspace(colorProject());
    const goldens = path.join(root, 'goldens');
    const readers = rememberingReaders();
    const first = readers.conversations(goldens);
    expect(readers.conversations(goldens)).toBe(first);
    writeFileSync(path.join(goldens, 'conversations.jsonl'), 'no JSON\n');
    expect(readers.conversations(goldens).problems).toHaveLength(1);
  });

  it('checks labels again when the conversations were read again', () => {
    const root = makeWorkspace(colorProject());
    const readers = rememberingReaders();
    const load = () => loadWork(findProject(root), { suites: [], model: 'embedded', cwd: root }, readers);
    expect(load()[0]?.cases).toHaveLength(36);
    const [line] = [
      { id: 'red-0', lang: 'en', family: 'f', tags: [], messages: [{ role: 'user', content: 'x' }] },
    ];
    writeFileSync(path.join(root, 'goldens', 'conversations.jsonl'), `${JSON.stringify(line)}\n`);
    expect(load).toThrow(/has no such conversation/);
  });
});
