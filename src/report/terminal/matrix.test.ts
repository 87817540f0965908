import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { renderMatrix } from './matrix.ts';

const chalk = new Chalk({ level: 0 });
const matrix = {
  rows: ['companionship', 'roleplay'],
  columns: ['companionship', 'roleplay', 'invalid'],
  counts: [
    [3, 5.5, 0],
    [0, 4, 1],
  ],
};

describe('a confusion matrix', () => {
  it('has a column for each class where there is room', () => {
    expect(renderMatrix(matrix, chalk, 98)).toEqual([
      'expected \\ given  compani… roleplay  invalid total',
      'companionship            3      5.5        ·   8.5',
      'roleplay                 ·        4        1     5',
    ]);
  });

  it('says of each class what was given for it where there is none', () => {
    expect(renderMatrix(matrix, chalk, 40)).toEqual([
      'expected, cases: given, the most first',
      'companionship, 8.5: roleplay 5.5,',
      '   companionship 3',
      'roleplay, 5: roleplay 4, invalid 1',
    ]);
  });
});
