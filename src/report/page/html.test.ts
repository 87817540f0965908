import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { element, join } from './html.ts';

describe('an HTML element', () => {
  it('leaves out what is null or false, and gives no value to what is true', () => {
    expect(element('td', { class: null, hidden: false, id: 'a' }, null, 'x').markup).toBe(
      '<td id="a">x</td>',
    );
    expect(element('input', { disabled: true, value: 3 }).markup).toBe('<input disabled value="3">');
  });

  it('escapes text once, and markup never', () => {
    expect(element('p', {}, '<b>', element('i', {}, '&')).markup).toBe('<p>&lt;b&gt;<i>&amp;</i></p>');
    expect(join(['<', null, element('br', {})]).markup).toBe('&lt;<br>');
  });

  it('gives back any text that steers nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { document } = parseHTML(element('p', { title: text }, text).markup);
        expect(document.querySelector('p')?.textContent).toBe(text);
        expect(document.querySelectorAll('*')).toHaveLength(1);
      }),
    );
  });
});
