import { chmodSync, existsSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  commit,
  emptyFolder,
  git,
  LONG,
  linesOf,
  listed,
  repository,
  write,
} from '../../test/git-repository.ts';

afterEach(() => vi.unstubAllEnvs());

describe('what a repository configures', () => {
  it('is never run', () => {
    const { folder, base } = repository({ 'a.md': 'a\n', 'b.md': 'b\n', 'same.md': 's\n' });
    const evidence = path.join(emptyFolder(), 'ran');
    const script = path.join(folder, '.git', 'evil.sh');
    writeFileSync(script, `#!/bin/sh\necho "$0 $*" >> ${evidence}\ncat 2>/dev/null\n`);
    chmodSync(script, 0o755);
    for (const hook of ['post-index-change', 'post-checkout', 'fsmonitor-watchman']) {
      writeFileSync(path.join(folder, '.git/hooks', hook), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    for (const key of [
      'diff.external',
      'core.fsmonitor',
      'core.pager',
      'pager.diff',
      'interactive.diffFilter',
    ])
      git(folder, 'config', key, script);
    for (const key of ['diff.loud.command', 'diff.loud.textconv']) git(folder, 'config', key, script);
    for (const driver of ['filter.loud', 'filter.a=b.c', 'filter.long']) {
      git(folder, 'config', `${driver}.clean`, script);
      git(folder, 'config', `${driver}.required`, 'true');
    }
    git(folder, 'config', 'filter.long.process', script);
    writeFileSync(
      path.join(folder, '.gitattributes'),
      'a.md diff=loud filter=loud\nb.md filter=a=b.c\nc.md filter=long diff=loud\n',
    );
    vi.stubEnv('GIT_EXTERNAL_DIFF', script);
    write(folder, { 'a.md': 'edited\n', 'b.md': 'edited\n', 'c.md': 'new\n' });
    // Of the same text but another time: git would write its index anew, and then run a hook.
    utimesSync(path.join(folder, 'same.md'), 1, 1);
    expect(listed(folder, base, null)).toEqual(['A .gitattributes', 'M a.md', 'M b.md', 'A c.md']);
    for (const name of ['a.md', 'b.md', 'c.md']) expect(linesOf(folder, base, null, name)).toEqual([1]);
    expect(existsSync(evidence)).toBe(false);
    git(folder, 'diff', '--name-status', base);
    expect(existsSync(evidence)).toBe(true);
  });

  it('does not change what is found', () => {
    const { folder, base } = repository({ 'a.md': LONG, 'gate/old.md': LONG });
    const options = {
      ...{ 'diff.noprefix': 'true', 'diff.mnemonicPrefix': 'true', 'diff.renames': 'false' },
      ...{ 'diff.relative': 'true', 'diff.orderFile': 'none', 'diff.interHunkContext': '9' },
      ...{
        'diff.context': '9',
        'color.ui': 'always',
        'core.quotePath': 'true',
        'diff.autoRefreshIndex': 'false',
      },
    };
    vi.stubEnv('GIT_DIFF_OPTS', '--unified=7');
    vi.stubEnv('GIT_DIR', path.join(folder, 'none'));
    vi.stubEnv('GIT_ICASE_PATHSPECS', '1');
    renameSync(path.join(folder, 'gate/old.md'), path.join(folder, 'gate/new.md'));
    const head = commit(folder, {
      'a.md': LONG.replace('line 3\n', 'three\n').replace('line 6\n', 'six\n'),
    });
    for (const [key, value] of Object.entries(options)) git(folder, 'config', key, value);
    expect(listed(path.join(folder, 'gate'), base, head)).toEqual(['M ../a.md', 'R old.md -> new.md']);
    expect(linesOf(folder, base, head, 'a.md')).toEqual([3, 6]);
  });
});
