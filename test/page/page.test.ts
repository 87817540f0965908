/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../src/report/page/render-page.ts';
import { type GeneratedTexts, generatedPage } from './generated-page.ts';
import { collectComplaints, HAS_BROWSER, launchBrowser, violationsOf } from './quiet-browser.ts';

describe.runIf(HAS_BROWSER)('the page in a browser', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'touchstone-page-'));
  const complaints: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(() => page.context().close());
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(n = 60, texts: GeneratedTexts = {}, options: BrowserContextOptions = {}) {
    const file = path.join(folder, `page-${n}.html`);
    writeFileSync(file, renderPage(generatedPage(n, texts)));
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
    page = await context.newPage();
    complaints.length = 0;
    collectComplaints(page, complaints);
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('html[data-ready]');
  }
  const found = () => page.locator('#found').textContent();
  const opened = () => page.locator('#reader-title').textContent();

  it('opens with the verdict, and complains of nothing', async () => {
    await open();
    const card = page.locator('.card').first();
    expect(await card.locator('h3').textContent()).toMatch(/(held|regressed|undecided)mood/);
    expect(await card.textContent()).toContain('90.0%');
    expect(await card.textContent()).toContain('c0ffee000000');
    expect(await page.locator('#summary').textContent()).toContain('a floor, not a judge');
    expect(complaints).toEqual([]);
  });

  it('lists the cases of a cell that is pressed, by mouse and by key', async () => {
    await open();
    const wrong = page.locator('.matrix .off button').first();
    const count = await wrong.locator('b').textContent();
    await wrong.click();
    expect(await found()).toBe(`${count} case${count === '1' ? '' : 's'}`);
    expect(await page.locator('#cases .mark.wrong, #cases .mark.broken').count()).toBe(Number(count));
    await page.locator('.matrices.small .diagonal button').last().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#filter-expected').inputValue()).toBe('lacks home');
  });

  it('walks the flips by keyboard, broken ones first', async () => {
    await open();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    expect(await opened()).toBe('c00000/closing');
    await page.keyboard.press('j');
    expect(await opened()).toBe('c00010/closing');
    expect(await page.locator('#reader td.broken').count()).toBeGreaterThan(0);
    await page.keyboard.press('k');
    expect(await opened()).toBe('c00000/closing');
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(await page.locator('#cases button:focus').getAttribute('data-position')).toBe('0');
  });

  it('shows of a case all there is to judge it by', async () => {
    await open(60, { note: 'Because of the tone.' });
    await page.locator('#cases button').first().click();
    const reader = page.locator('#reader');
    expect(await reader.locator('.raw').textContent()).toBe('{"tone":"up"}');
    expect(await reader.locator('.note').textContent()).toBe('Why: Because of the tone.');
    expect(await reader.locator('tbody tr').count()).toBe(2 + 2);
    expect(await reader.locator('.message.marked').allTextContents()).toEqual([
      '3 userin the closing windowand good bye',
    ]);
  });

  it('narrows the list by every filter, and by words after a slash', async () => {
    await open();
    await page.selectOption('#filter-show', 'all');
    expect(await found()).toBe('60 cases, 1 to 50 shown');
    await page.selectOption('#filter-lang', 'fr');
    expect(await found()).toBe('9 cases');
    await page.selectOption('#filter-tag', 'critical');
    expect(await found()).toBe('2 cases');
    await page.click('#filters button[type=reset]');
    await page.waitForFunction(() => !document.getElementById('found')?.textContent?.startsWith('2 '));
    await page.selectOption('#filter-show', 'all');
    await page.selectOption('#filter-scope', '0.0');
    await page.selectOption('#filter-expected', 'up');
    await page.selectOption('#filter-given', 'down');
    expect(await found()).toBe('2 cases');
    await page.selectOption('#filter-given', '');
    await page.selectOption('#filter-expected', '');
    await page.locator('#filter-search').blur();
    await page.keyboard.press('/');
    await page.keyboard.type('NUMBER 37');
    expect(await page.locator('#cases .id').allTextContents()).toEqual(['c00037/closing']);
  });

  it.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 360, height: 740 } }],
  ] as const)('breaks no rule of accessibility: %s', async (_name, options) => {
    await open(60, { goalpost: 'a label was changed' }, options);
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.locator('#cases button').first().click();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('follows the system to dark, and the button back to light', async () => {
    await open(60, {}, { colorScheme: 'dark' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.click('#theme');
    expect(await ground()).not.toBe(dark);
    await page.click('#theme');
    expect(await ground()).toBe(dark);
  });

  it('pages through 5,000 cases', async () => {
    await open(5_000);
    await page.selectOption('#filter-show', 'all');
    expect(await found()).toBe('5,000 cases, 1 to 50 shown');
    await page.click('#page-on');
    expect(await found()).toBe('5,000 cases, 51 to 100 shown');
    await page.keyboard.press('Tab');
    await page.locator('#cases button').last().click();
    expect(await opened()).toBe('c00099/closing');
    await page.keyboard.press('j');
    expect(await opened()).toBe('c00100/closing');
    expect(await page.locator('#cases button').count()).toBe(50);
    expect(complaints).toEqual([]);
  });

  it('shows hostile text as text', async () => {
    const hostile =
      '</script><script>alert(1)</script><img src=x onerror=alert(2)> javascript:alert(3) {{7*7}} \u001b[31m \u202egnp \u0000 \ud800 & "\' \u2028';
    await open(30, {
      ...{ said: hostile, raw: hostile, note: hostile, by: hostile, title: hostile, goalpost: hostile },
    });
    await page.locator('#cases button').first().click();
    const shown = hostile.replace(
      /[\u001b\u202e\u0000\ud800\u2028]/g,
      (each) => `⟨U+${each.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
    );
    for (const where of ['.raw', '.said >> nth=0', '#reader [aria-label=Votes] tbody th >> nth=0']) {
      expect(await page.locator(where).textContent()).toBe(shown);
    }
    expect(await page.locator('.note').textContent()).toBe(`Why: ${shown}`);
    expect(await page.locator('.goalposts li').textContent()).toBe(shown);
    expect(await page.locator('img, script:not([id]) ~ script').count()).toBe(0);
    expect(await page.locator('.said .control').count()).toBe(5);
    expect(complaints).toEqual([]);
  });
});
