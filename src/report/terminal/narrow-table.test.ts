import { describe, expect, it } from 'vitest';
import { narrowTable } from './narrow-table.ts';
import { plainTable } from './plain-table.ts';

const HEAD = ['rule', 'cases', 'sees'];
const ROWS = [
  ['accuracy of primary in tag:critical', '1,418', '4.5 points'],
  ['Jaccard index of topics', '418', ''],
];

describe('a table on a narrow terminal', () => {
  it('is a table where it fits, and where the terminal is as wide as any', () => {
    const table = plainTable(HEAD, ROWS);
    expect(narrowTable(HEAD, ROWS, 60)).toEqual(table);
    const long = [[`a class of ${'many '.repeat(30)}words`, '1', '2']];
    expect(narrowTable(HEAD, long, 98)).toEqual(plainTable(HEAD, long));
  });

  it('has the cells of a row below the first, by name, where it does not', () => {
    expect(narrowTable(HEAD, ROWS, 42)).toEqual([
      'rule: accuracy of primary in',
      '   tag:critical',
      '  cases: 1,418; sees: 4.5 points',
      'rule: Jaccard index of topics',
      '  cases: 418',
    ]);
  });
});
