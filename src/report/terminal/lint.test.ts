import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lint/finding.ts';
import { renderFindings } from './lint.ts';

const FINDING: Finding = {
  ...{ file: 'prompts/mood.md', line: 12, rule: 'label-undescribed', severity: 'warning' },
  ...{ what: 'the label calm of mood is named and not described', mend: 'Say what it means' },
};

describe('renderFindings', () => {
  const plain = new Chalk({ level: 0 });

  it('gives a finding one line for other programs', () => {
    const [line] = renderFindings([FINDING], null, plain).split('\n');
    expect(line).toMatch(/^prompts\/mood\.md:12 {2}warning {2}label-undescribed {2}.*Say what it means\.$/);
  });

  it('keeps within the columns of a terminal, further in where a finding goes on', () => {
    const lines = renderFindings([FINDING], 40, plain).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
    expect(lines[1]).toMatch(/^ {4}\S/);
  });
});
