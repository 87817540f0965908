/** `&`, `<`, `>` and quotes as entities, for text and attributes alike. */
function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Text of an SVG document that is already markup, so that it is escaped once. */
export interface Markup {
  readonly markup: string;
}

/**
 * An element with attributes and children. Strings are text and are escaped; numbers are written with two
 * decimals at most.
 *
 * @example
 * element('text', { x: 1.005, class: 'tick' }, '< 5%').markup; // <text x="1" class="tick">&lt; 5%</text>
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (string | Markup)[]
): Markup {
  const written = Object.entries(attributes).map(
    ([key, value]) =>
      ` ${key}="${escapeXml(typeof value === 'number' ? String(Math.round(value * 100) / 100) : value)}"`,
  );
  const inside = children.map((child) => (typeof child === 'string' ? escapeXml(child) : child.markup));
  const open = `<${name}${written.join('')}`;
  return { markup: inside.length === 0 ? `${open}/>` : `${open}>${inside.join('')}</${name}>` };
}
