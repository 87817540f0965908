import { textParts } from './browser/text-parts.ts';

/** Text that is already HTML, so that it is escaped once. */
export interface Markup {
  readonly markup: string;
}

export type Child = string | Markup | null;

const VOID = new Set(['meta', 'br', 'input']);

/**
 * An HTML element. Strings are text: escaped, and with control characters spelt out. Attributes that are
 * null or false are left out, true ones have no value; null children are left out.
 *
 * @example
 * element('td', { class: 'n', hidden: false }, '< 5%').markup; // <td class="n">&lt; 5%</td>
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | boolean | null>>,
  ...children: readonly Child[]
): Markup {
  const written = Object.entries(attributes).map(([key, value]) => {
    if (value === null || value === false) return '';
    return value === true ? ` ${key}` : ` ${key}="${escapeHtml(String(value))}"`;
  });
  const open = `<${name}${written.join('')}>`;
  return { markup: VOID.has(name) ? open : `${open}${join(children).markup}</${name}>` };
}

/** Children one after the other, without an element around them. */
export function join(children: readonly Child[]): Markup {
  const parts = children.map((child) => {
    if (child === null) return '';
    return typeof child === 'string' ? escapeHtml(child) : child.markup;
  });
  return { markup: parts.join('') };
}

/** Text with the characters that would steer its reader spelt out: `a⟨U+202E⟩b`. */
export function spellOut(text: string): string {
  return textParts(text)
    .map((part) => part.text)
    .join('');
}

function escapeHtml(text: string): string {
  return spellOut(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
