import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { smallRecord } from '../../../test/small-study-record.ts';
import { figuresOf } from '../../study/figures/figures-of.ts';
import { renderStudy } from './study-report.ts';

const screen = { chalk: new Chalk({ level: 0 }), columns: 100 };

describe('a study on a terminal', () => {
  const errors = { truePositive: 90, falseNegative: 10, falsePositive: 60, trueNegative: 40 };
  const goldens = {
    kept: { ...errors, falsePositive: 1, trueNegative: 99 },
    topics: { company: errors },
    rates: {},
    shifts: {},
  };

  it('has the raw figure beside the corrected one, and says where none is possible', () => {
    const record = smallRecord();
    const text = renderStudy(record, figuresOf(record, { goldens, sample: null }), screen);
    expect(text).toMatch(/all kept +990 +9\.1% \(7\.5 to 11\.0\) +\d\.\d+% \(.* to .*\) +goldens\*\n/);
    expect(text).toMatch(/company +990 .* impossible +goldens\*\n/);
    expect(text).toMatch(/why, coaching: harm 100\.0%\n/);
    expect(text).toMatch(/coaching +50 +\+0\.250 /);
  });

  it('stays within 100 columns', () => {
    const record = smallRecord();
    const text = renderStudy(record, figuresOf(record, { goldens, sample: null }), screen);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('stays within a narrow terminal, each figure with its names below', () => {
    const record = smallRecord();
    const figures = figuresOf(record, { goldens, sample: null });
    const text = renderStudy(record, figures, { ...screen, columns: 60 });
    const [, ...lines] = text.split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
    expect(text).toMatch(/^ {2}company\n {4}of: 990; raw: .*; corrected:\n {7}impossible; by: goldens\*$/m);
  });

  it('obeys no control character of a record', () => {
    const evil = '\u001b]0;owned\u0007\u202e';
    const record = smallRecord();
    const groups = record.groups.map((group) =>
      group.topic === null ? group : { ...group, topic: evil + group.topic },
    );
    const select = { ...record.study.select, left_out_under: { [`${evil}company`]: 0.5 } };
    const hostile = {
      ...{ ...record, groups, model: evil, started_at: evil },
      study: { ...record.study, select, description: evil },
      funnel: [{ name: evil, in: 1, out: 1 }],
    };
    const text = renderStudy(hostile, figuresOf(hostile, { goldens: null, sample: null }), screen);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text).toContain('\\u{1b}]0;owned');
  });
});
