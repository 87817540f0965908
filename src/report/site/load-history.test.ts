import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeWorkspace } from '../../../test/workspace.ts';
import { InputError } from '../../errors/errors.ts';
import { loadHistory } from './load-history.ts';

const folder = makeWorkspace({});
afterAll(() => rmSync(folder, { recursive: true }));

const POINT = {
  ...{ at: '2026-03-01T00:00:00.000Z', commit: 'a'.repeat(40), value: 0.5, interval: null },
  ...{ prompt: '0'.repeat(64), prompt_changed: false, kind: 'run' },
};
const fileOf = (point: object, series: object = {}) => ({
  ...{ touchstone: 'history', version: 1 },
  series: [
    {
      ...{ suite: 'mood', model: 'embedded', metric: 'feeling.accuracy', points: [{ ...POINT, ...point }] },
      ...series,
    },
  ],
});

/** What is said of a file. */
function refusal(content: unknown): string {
  const file = path.join(folder, 'history.json');
  const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
  writeFileSync(file, isRaw ? content : JSON.stringify(content));
  try {
    loadHistory(file, 'old/history.json');
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return '';
}

describe('a published history', () => {
  it('gives its points', () => {
    expect(refusal(fileOf({}))).toBe('');
    expect(loadHistory(path.join(folder, 'history.json'), '')).toEqual([
      {
        ...{ suite: 'mood', model: 'embedded', metric: 'feeling.accuracy', kind: 'run', value: 0.5 },
        ...{ at: POINT.at, commit: POINT.commit, prompt: POINT.prompt, promptChanged: false },
        ...{ low: null, high: null },
      },
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ['text', 'hello', /is not JSON/],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), /is not JSON/],
    ['a list', [], /not an object/],
    ['another kind of file', { touchstone: 'run', version: 1, series: [] }, /history/],
    ['a newer version', { touchstone: 'history', version: 2, series: [] }, /version 2.*Update touchstone/],
    ['a suite that is a path', fileOf({}, { suite: '../../etc' }), /small letters/],
    ['an unknown property', fileOf({ constructor: 1 }), /unknown property "constructor"/],
    ['a prototype', `{"__proto__":{},"touchstone":"history","version":1,"series":[]}`, /__proto__/],
    ['no time', fileOf({ at: '<b>' }), /at is "<b>"/],
    ['a month that is none', fileOf({ at: '2026-13-01T00:00:00.000Z' }), /at is/],
    ['markup for a commit', fileOf({ commit: '<script>' }), /commit/],
    [
      'an infinite value',
      JSON.stringify(fileOf({ value: 7 })).replace('"value":7', '"value":1e999'),
      /value/,
    ],
    ['an enormous value', fileOf({ value: 1e300 }), /value/],
    ['an open interval', fileOf({ interval: { low: 0 } }), /high/],
    ['markup for a metric', fileOf({}, { metric: 'a.b<c' }), /metric/],
  ])('is refused by name where it is %s', (_what, content, said) => {
    expect(refusal(content)).toMatch(said);
    expect(refusal(content)).toMatch(/^old\/history\.json: /);
  });

  it('is refused where it is too large, before it is read', () => {
    expect(refusal(' '.repeat((1 << 24) + 1))).toMatch(/has 16777217 bytes, more than 16777216/);
  });

  it('is refused in a few lines where everything in it is wrong', () => {
    const wrong = Array.from({ length: 5_000 }, () => ({}));
    expect(refusal({ ...fileOf({}), series: wrong }).split('\n')).toHaveLength(20);
  });

  it('is refused where it is not there', () => {
    expect(() => loadHistory(path.join(folder, 'none.json'), 'none.json')).toThrow(
      'none.json: there is no such file',
    );
  });
});
