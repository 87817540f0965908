import { describe, expect, it } from 'vitest';
import { NO_USAGE } from '../model/model.ts';
import type { Answer, CaseRecord, RunRecord } from '../schema/run-record.ts';
import { scoreMinimalPairs } from './minimal-pairs.ts';
import { selfAgreement } from './self-agreement.ts';

const said = (tone: string): Answer => ({
  status: 'answered',
  label: { tone },
  raw: '',
  usage: NO_USAGE,
  latency_ms: 0,
});
const refused: Answer = { status: 'refused', reason: '', raw: '', usage: NO_USAGE, latency_ms: 0 };

function caseOf(
  id: string,
  family: string,
  expected: string,
  answers: Answer[],
  tags = ['pair'],
): CaseRecord {
  return {
    id,
    conversation: id,
    window: null,
    family,
    lang: 'en',
    tags,
    text: '',
    expected: { tone: expected },
    request: '',
    answers,
  };
}

function runOf(cases: CaseRecord[]) {
  const fields: RunRecord['suite']['fields'] = { tone: { kind: 'nominal', labels: ['up', 'down'] } };
  const suite: RunRecord['suite'] = {
    name: 'tone',
    path: '',
    sha256: '',
    fields,
    windows: null,
    headline: 'tone.accuracy',
    rules: [],
    on_undecided: 'warn',
  };
  return { suite, cases };
}

describe('minimal pairs', () => {
  it('count pairs with both right, and name those answered alike though they differ', () => {
    const run = runOf([
      caseOf('a1', 'a', 'up', [said('up')]),
      caseOf('a2', 'a', 'down', [said('down')]),
      caseOf('b1', 'b', 'up', [said('up')]),
      caseOf('b2', 'b', 'down', [said('up')]),
      caseOf('c1', 'c', 'up', [said('up')]),
      caseOf('c2', 'c', 'up', [refused]),
    ]);
    expect(scoreMinimalPairs(run)).toEqual([
      { field: 'tone', pairs: 3, bothRight: 1, contrasting: 2, alike: [['b1', 'b2']] },
    ]);
  });

  it('are two tagged cases of a family, no more and no fewer', () => {
    const lone = caseOf('a1', 'a', 'up', [said('up')]);
    const untagged = caseOf('a2', 'a', 'down', [said('down')], []);
    expect(scoreMinimalPairs(runOf([lone, untagged]))).toEqual([]);
  });
});

describe('self-agreement', () => {
  it('is the share of pairs of answers that are equal, averaged over cases', () => {
    const run = runOf([
      caseOf('a', 'a', 'up', [said('up'), said('up'), said('down')]),
      caseOf('b', 'b', 'up', [said('down'), said('down'), said('down')]),
      caseOf('c', 'c', 'up', [refused, refused, said('up')]),
    ]);
    expect(selfAgreement(run)).toEqual([
      { field: 'tone', agreement: (1 / 3 + 1 + 1 / 3) / 3, unstable: ['a', 'c'] },
    ]);
  });

  it('says nothing of cases that were asked once', () => {
    expect(selfAgreement(runOf([caseOf('a', 'a', 'up', [said('up')])]))).toEqual([]);
  });
});
