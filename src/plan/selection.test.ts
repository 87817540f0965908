import { describe, expect, it } from 'vitest';
import { matchesFilter, parseFilter } from './selection.ts';

const subject = {
  id: 'c1/opening',
  conversation: 'c1',
  window: 'opening',
  family: 'f1',
  lang: 'zh',
  tags: ['pair'],
};

describe('a filter', () => {
  it.each(['tag:pair', 'lang:zh', 'window:opening', 'family:f1', 'id:c1', 'id:c1/opening'])(
    '%s finds its case',
    (text) => {
      const filter = parseFilter(text);
      expect(filter !== null && matchesFilter(filter, subject)).toBe(true);
    },
  );

  it.each(['tag:other', 'lang:en', 'window:closing', 'family:f2', 'id:c2'])('%s does not', (text) => {
    const filter = parseFilter(text);
    expect(filter !== null && matchesFilter(filter, subject)).toBe(false);
  });

  it.each(['pair', 'tag:', 'label:x', ':x', ''])('%j is none', (text) => {
    expect(parseFilter(text)).toBeNull();
  });
});
