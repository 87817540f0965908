import { createHash } from 'node:crypto';
import { element, type Markup } from './html.ts';
import { showTime } from './summary.ts';

/** What a page is made of besides its frame. */
export interface PageDocument {
  title: string;
  /** ISO 8601; shown beside the title and at the foot. */
  at: string;
  /** In the order of the page; the first is what one skips to. */
  sections: readonly (readonly [id: string, name: string])[];
  main: readonly Markup[];
  /** Data for the script; null where it needs none. */
  data: Markup | null;
  style: string;
  script: string;
}

/**
 * One self-contained HTML page: works from disk, asks nothing of the network, and nothing takes effect but its own
 * style and script, which its content policy names by their hashes.
 */
export function pageDocument({ title, at, sections, main, data, style, script }: PageDocument): string {
  const [first = ['', '']] = sections;
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: contentPolicy(style, script) }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('title', {}, title),
    { markup: `<style>${style}</style>` },
  );
  const body = element(
    'body',
    {},
    element('a', { class: 'skip', href: `#${first[0]}` }, `To the ${first[1].toLowerCase()}`),
    element(
      'header',
      { class: 'bar' },
      element('h1', {}, title, element('span', { class: 'soft' }, ` ${showTime(at)}`)),
      element(
        'nav',
        { 'aria-label': 'Parts of the report' },
        ...sections.map(([id, name]) => element('a', { href: `#${id}` }, name)),
      ),
      element('button', { type: 'button', id: 'theme', 'aria-label': 'Light or dark' }, '◐'),
    ),
    element('main', {}, ...main),
    element('footer', { class: 'soft' }, `Made by Touchstone, ${showTime(at)}.`),
    data,
    { markup: `<script>${script}</script>` },
  );
  return `<!doctype html>\n${element('html', { lang: 'en' }, head, body).markup}\n`;
}

/** Lets nothing load, and only this style and this script take effect. */
function contentPolicy(style: string, script: string): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
