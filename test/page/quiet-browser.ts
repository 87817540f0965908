/// <reference lib="dom" />
import { existsSync } from 'node:fs';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

export const HAS_BROWSER = existsSync(CHROMIUM);

/** A browser that asks for nothing by itself. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: QUIET });
}

/** Collects all that a page says on the console, throws, asks of the network or wants to be told. */
export function collectComplaints(page: Page, complaints: string[]): void {
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) complaints.push(`asked for ${request.url()}`);
  });
  page.on('dialog', (dialog) => complaints.push(`dialog ${dialog.message()}`));
}

/** Rules of accessibility that a page breaks, each with the first element that does. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const inPage = window as unknown as { axe: { run(): Promise<AxeResults> } };
    return (await inPage.axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}
