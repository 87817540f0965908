/// <reference lib="dom" />
import { rmSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Labeller, openProject, startLabeller } from './labelling-project.ts';
import { launchBrowser } from './page/quiet-browser.ts';

/** A project that is labelled in a browser, one for each test. */
export interface LabellingPages {
  project(files?: Record<string, unknown>): string;
  start(...args: string[]): Promise<Labeller>;
  open(labeller: Labeller, options?: BrowserContextOptions): Promise<Page>;
  /** What pages said on the console, threw, or asked of others; no test may leave any. */
  complaints: string[];
}

/** Starts a browser for the tests of a block, and tidies up after each of them. */
export function labellingPages(): LabellingPages {
  let browser: Browser;
  let cwd = '';
  const labellers: Labeller[] = [];
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await Promise.all(labellers.splice(0).map((labeller) => labeller.end('SIGKILL')));
    rmSync(cwd, { recursive: true, force: true });
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(() => browser.close());
  return {
    complaints,
    project(files = {}) {
      cwd = openProject(files);
      return cwd;
    },
    async start(...args) {
      const labeller = await startLabeller(cwd, args);
      labellers.push(labeller);
      return labeller;
    },
    async open({ url }, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        const isOwn = request.url().startsWith(url) || request.url().startsWith('data:');
        if (!isOwn) complaints.push(request.url());
      });
      await page.goto(url);
      await page.waitForSelector('html[data-ready]');
      return page;
    },
  };
}

/** Presses keys one after the other, each after what the one before it did. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForSelector('html:not([data-busy])');
  }
}

/** Which case a page shows: `Conversation c1 opening: the first message of the person`. */
export async function titleOf(page: Page): Promise<string> {
  return `${await page.locator('#case-title').textContent()} ${await page.locator('#window').textContent()}`;
}
