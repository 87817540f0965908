import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallRun } from '../../../test/small-judgement.ts';
import { renderCsv } from './render-csv.ts';

/** Every cell, as a reader of RFC 4180 gets it. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, cell = '', end] of csv.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/gy)) {
    rows.at(-1)?.push(cell.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('a run as CSV', () => {
  const rows = cellsOf(renderCsv(smallRun()));

  it('names its columns', () => {
    expect(rows[0]?.join()).toBe(
      'id,conversation,window,family,lang,tags,repeat,status,expected_feeling,given_feeling,right_feeling,latency_ms,cost_usd',
    );
  });

  it('has a row per case, with what was expected and given', () => {
    expect(rows).toHaveLength(9);
    expect(rows[2]?.join()).toBe('c2,c2,,f1,en,short,1,answered,glad,calm,false,250,0.002');
    expect(rows[4]?.join()).toBe('c4,c4,,f3,en,,1,invalid,sad,,false,100,0');
  });

  it('has a row per repeat', () => {
    const run = smallRun();
    const repeated = run.cases.map((each) => ({ ...each, answers: [...each.answers, ...each.answers] }));
    const repeats = cellsOf(renderCsv({ ...run, cases: repeated })).map((row) => row[6]);
    expect(repeats.slice(0, 5)).toEqual(['repeat', '1', '2', '1', '2']);
  });

  it.each(['=1+1', '+1', '-1', '@sum', '\tx', '\rx', ' =1', '＝1', '\n=1'])(
    'has no cell that a spreadsheet would take %j for a formula',
    (label) => {
      const cells = cellsOf(renderCsv(smallRun({ id: 'c5', label, path: '', reason: '' }))).flat();
      expect(cells).toContain(`'${label}`);
      expect(cells).not.toContain(label);
    },
  );

  it('has every cell quoted and none that begins a formula, whatever the texts are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('="', '",="', '"\r\n"=1', '""', '-"'),
    );
    fc.assert(
      fc.property(text, text, (id, label) => {
        const cells = cellsOf(renderCsv(smallRun({ id, label, path: '', reason: '' })));
        expect(cells).toHaveLength(9);
        expect(new Set(cells.map((row) => row.length))).toEqual(new Set([13]));
        for (const cell of cells.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});
