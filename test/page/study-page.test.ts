/// <reference lib="dom" />
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeStudyPage } from '../../src/cli/write-study-page.ts';
import type { StudyPageInput } from '../../src/report/study/study-page-input.ts';
import { hostileStudy, inventedStudy } from './invented-study.ts';
import { collectComplaints, HAS_BROWSER, launchBrowser, violationsOf } from './quiet-browser.ts';

describe.runIf(HAS_BROWSER)("a study's page in a browser", () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'touchstone-study-page-'));
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

  async function open(input: StudyPageInput, options: BrowserContextOptions = {}) {
    const file = path.join(folder, 'report.html');
    writeStudyPage(input, file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
    page = await context.newPage();
    complaints.length = 0;
    collectComplaints(page, complaints);
    await page.goto(pathToFileURL(file).href);
  }
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

  it.each([
    ['light', 'sample', {}],
    ['dark', 'goldens', { colorScheme: 'dark' }],
    ['narrow', 'sample', { viewport: { width: 360, height: 740 } }],
    ['without a correction', 'nothing', {}],
  ] as const)('breaks no rule of accessibility, and asks for nothing: %s', async (_name, known, options) => {
    await open(inventedStudy(known), options);
    expect(await violationsOf(page)).toEqual([]);
    expect(await fits()).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('is read whole without its script, every caution in sight', async () => {
    await open(inventedStudy('goldens'), { javaScriptEnabled: false });
    const cautions = page.locator('.caution p, .caution li, p.caution');
    expect(await cautions.count()).toBeGreaterThan(10);
    for (const caution of await cautions.all()) expect(await caution.isVisible()).toBe(true);
    expect(await page.locator('details, [hidden], dialog').count()).toBe(0);
    for (const chart of await page.locator('svg[role=img]').all()) expect(await chart.isVisible()).toBe(true);
  });

  it('shows the raw figure beside the corrected one, on a narrow screen too', async () => {
    for (const width of [1200, 360]) {
      if (width === 360) await page.context().close();
      await open(inventedStudy(), { viewport: { width, height: 800 } });
      const row = page.locator('#prevalence .figures tbody tr', { hasText: 'companionship' });
      expect(await row.textContent()).toMatch(/0\.31% \(0\.30 to 0\.32\).*tuned prediction-powered/);
      const box = await row.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? width)).toBeLessThanOrEqual(width);
    }
  });

  it('follows the system to dark, and the button back to light', async () => {
    await open(inventedStudy(), { colorScheme: 'dark' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.click('#theme');
    expect(await ground()).not.toBe(dark);
    await page.click('#theme');
    expect(await ground()).toBe(dark);
  });

  it('leads from a figure to what must be said of it', async () => {
    await open(inventedStudy());
    await page.locator('#prevalence .marks a').first().click();
    expect(await page.locator('#prevalence .notes p:target').textContent()).toContain('no random sample');
  });

  it('takes hostile names for text', async () => {
    await open(hostileStudy(), { viewport: { width: 360, height: 740 } });
    expect(await page.locator('img, iframe, script ~ script, a:not([href^="#"])').count()).toBe(0);
    expect(await page.locator('#prevalence tbody th').nth(1).textContent()).toContain(
      '</svg></script><img src=x onerror=alert(1)>⟨U+202E⟩',
    );
    expect(
      await page.locator('svg[role=img] text', { hasText: '</svg></script><img' }).count(),
    ).toBeGreaterThan(0);
    expect(await page.evaluate(() => /[\u0000-\u0008\u202e]/.test(document.documentElement.outerHTML))).toBe(
      false,
    );
    expect(await violationsOf(page)).toEqual([]);
    expect(await fits()).toBe(true);
    expect(complaints).toEqual([]);
  });
});
