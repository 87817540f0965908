import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { Badge } from './badge-of.ts';
import { badgeJson, badgeSvg } from './render-badge.ts';

const HELD: Badge = { label: 'pushback', message: '91.2% held', color: '#2e7d32', isError: false };

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', trimValues: false });

/** Accessible name, title, and the names of all elements in their order. */
function read(svg: string): { name: string; title: string; elements: string[] } {
  expect(XMLValidator.validate(svg)).toBe(true);
  const { svg: root } = parser.parse(svg);
  const elements = [...svg.matchAll(/<([a-zA-Z]+)/g)].map(([, element = '']) => element);
  return { name: root['@aria-label'], title: root.title, elements };
}

describe('a badge as SVG', () => {
  it('has its words as text and as the accessible name', () => {
    const svg = badgeSvg(HELD);
    expect(read(svg)).toMatchObject({ name: 'pushback: 91.2% held', title: 'pushback: 91.2% held' });
    expect(svg).toContain('role="img"');
    expect(svg).toMatch(/>pushback<\/text>/);
    expect(svg).toMatch(/>91\.2% held<\/text>/);
    expect(svg).toContain('#2e7d32');
  });

  it('asks for nothing', () => {
    expect(badgeSvg(HELD).replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|href|url\((?!#)|<script|<image|@import/,
    );
  });

  it.each(['</title><script>alert(1)</script>', '" onload="alert(1)', '&lt;b>', ']]>', '\u0000\ud800\ufffe'])(
    'takes %j for text',
    (label) => {
      expect(read(badgeSvg({ ...HELD, label })).elements).toEqual(read(badgeSvg(HELD)).elements);
    },
  );

  it('is well formed, and of the same elements, whatever the text', () => {
    const { elements } = read(badgeSvg(HELD));
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
    const marked = fc.oneof(text, fc.string({ unit: fc.constantFrom(...'<>&"\'/!-[]x \n\u0000\u202e') }));
    fc.assert(
      fc.property(marked, marked, (label, message) => {
        const found = read(badgeSvg({ ...HELD, label: `a${label}`, message: `a${message}` })).elements;
        expect(found).toEqual(elements);
      }),
    );
  });
});

describe('a badge as JSON', () => {
  it('is what shields.io asks of an endpoint', () => {
    expect(JSON.parse(badgeJson(HELD))).toEqual({ schemaVersion: 1, ...HELD });
    expect(badgeJson(HELD).split('\n')).toHaveLength(2);
  });

  it('holds nothing that steers a reader', () => {
    const { label } = JSON.parse(badgeJson({ ...HELD, label: 'a\u202eb\u0000\nc' }));
    expect(label).toBe('a\\u{202e}b\\u{0} c');
  });
});

describe('the colours of badges', () => {
  const contrast = (a: string, b: string) => {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
      const share = Number.parseInt(color.slice(from, from + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  it.each(['#2e7d32', '#f2c744', '#b3261e', '#5f6b7a'])('%s bears text that can be read', (color) => {
    const svg = badgeSvg({ ...HELD, color });
    const fill = /fill="#333"[^>]*>91\.2% held</.test(svg) ? '#333333' : '#ffffff';
    expect(contrast(fill, color)).toBeGreaterThanOrEqual(4.5);
  });
});
