import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { element } from './svg.ts';

describe('an SVG element', () => {
  it('is closed in itself where it has no children', () => {
    expect(element('line', { x1: 1.005, class: 'grid' }).markup).toBe('<line x1="1" class="grid"/>');
  });

  it('holds other elements', () => {
    expect(element('g', {}, element('text', {}, 'a'), 'b').markup).toBe('<g><text>a</text>b</g>');
  });

  it('lets no text become markup', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, text) => {
        const { markup } = element('text', { class: value }, text);
        expect(markup.match(/[<>]/g)).toHaveLength(4);
        expect(markup.match(/"/g)).toHaveLength(2);
        expect(markup.replaceAll(/&(amp|lt|gt|quot);/g, '')).not.toContain('&');
      }),
    );
  });
});
