import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { casesSection } from './cases-section.ts';
import { goldensSection } from './goldens-section.ts';
import { historySection } from './history-section.ts';
import { element, type Markup } from './html.ts';
import { matricesSection } from './matrices.ts';
import { metricsSection } from './metrics-section.ts';
import { pageData } from './page-data.ts';
import type { PageInput } from './page-input.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { showTime, summarySection } from './summary.ts';

const SECTIONS: readonly (readonly [id: string, name: string])[] = [
  ['summary', 'Summary'],
  ['confusion', 'Confusion'],
  ['flips', 'Flips'],
  ['metrics', 'Metrics'],
  ['history', 'History'],
  ['goldens', 'Goldens'],
];

/**
 * One self-contained HTML page: works from disk, asks nothing of the network, runs its own script alone.
 * Pure: the same input gives the same bytes. Everything that is not the program's own is data: escaped in
 * the markup, and packed (JSON, gzip, base64) for the script, which makes text of it.
 */
export function renderPage(input: PageInput): string {
  const data = pageData(input);
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: contentPolicy() }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('title', {}, input.title),
    { markup: `<style>${PAGE_STYLE}</style>` },
  );
  const body = element(
    'body',
    {},
    element('a', { class: 'skip', href: '#summary' }, 'To the summary'),
    bar(input),
    element(
      'main',
      {},
      summarySection(input),
      matricesSection(input),
      casesSection(data),
      metricsSection(input),
      historySection(input),
      goldensSection(input),
    ),
    element('footer', { class: 'soft' }, `Made by Touchstone, ${showTime(input.generatedAt)}.`),
    { markup: `<script type="application/json" id="data">"${pack(data)}"</script>` },
    { markup: `<script>${PAGE_SCRIPT}</script>` },
  );
  return `<!doctype html>\n${element('html', { lang: 'en' }, head, body).markup}\n`;
}

function bar({ title, generatedAt }: PageInput): Markup {
  return element(
    'header',
    { class: 'bar' },
    element('h1', {}, title, element('span', { class: 'soft' }, ` ${showTime(generatedAt)}`)),
    element(
      'nav',
      { 'aria-label': 'Parts of the report' },
      ...SECTIONS.map(([id, name]) => element('a', { href: `#${id}` }, name)),
    ),
    element('button', { type: 'button', id: 'theme', 'aria-label': 'Light or dark' }, '◐'),
  );
}

/** Lets nothing load, and only this style and this script take effect. */
function contentPolicy(): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `style-src ${hash(PAGE_STYLE)}`,
    `script-src ${hash(PAGE_SCRIPT)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** JSON as gzip as base64: small, and without a character that HTML could take for markup. */
function pack(value: unknown): string {
  return gzipSync(JSON.stringify(value), { level: 9 }).toString('base64');
}
