/// <reference lib="dom" />
import { describe, expect, it } from 'vitest';
import { labellingPages, press, titleOf } from './labelling-pages.ts';
import { HOSTILE } from './labelling-project.ts';
import { HAS_BROWSER, violationsOf } from './page/quiet-browser.ts';

describe.runIf(HAS_BROWSER)('the page of touchstone goldens label', () => {
  const { project, start, open } = labellingPages();

  it('shows hostile text as text, and of the codebook the part that is meant', async () => {
    project();
    const page = await open(await start('mood', '--as', 'ana'));
    while (!(await titleOf(page)).includes('c3')) await press(page, 's');
    const shown = HOSTILE.replace('\u202e', '⟨U+202E⟩').replace('\u0007', '⟨U+0007⟩');
    expect(await page.locator('.said').allTextContents()).toEqual([shown, shown]);
    expect(await page.locator('.message.marked').count()).toBe(1);
    expect(await page.title()).toBe('Label');
    const codebook = page.locator('.codebook:visible');
    expect(await codebook.textContent()).toContain("sad <script>document.title = 'run'</script>");
    expect(await codebook.textContent()).toContain('Label what is written.');
    expect(await codebook.textContent()).not.toContain('Work beats home');
    expect(await page.content()).not.toContain('sarcasm');
  });

  it('shows no section of a task that it does not ask for', async () => {
    project();
    const page = await open(await start('talk', '--as', 'ana'));
    const codebook = await page.locator('.codebook:visible').textContent();
    expect(codebook).toContain('Label what is written.');
    expect(codebook).toContain('Work beats home');
    expect(codebook).not.toContain('sounds like');
  });

  it('keeps in sight which window is meant, however long the conversation', async () => {
    const words = Array.from({ length: 61 }, (_, at) => ({
      role: at % 2 === 0 ? 'user' : 'assistant',
      content: `word ${at}`,
    }));
    project({
      'goldens/conversations.jsonl': [{ id: 'c1', lang: 'en', family: 'c1', tags: [], messages: words }],
      'goldens/open/mood.jsonl': ['opening', 'closing'].map((window) => ({ id: 'c1', window })),
      'goldens/open/talk.jsonl': [{ id: 'c1' }],
    });
    const page = await open(await start('mood', '--as', 'ana'));
    while (!(await titleOf(page)).includes('closing')) await press(page, 's');
    const isInSight = (selector: string) =>
      page.locator(selector).evaluate((element) => {
        const box = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(box.left + 4, box.top + box.height / 2));
      });
    expect(await page.locator('#length').textContent()).toBe('61 messages');
    expect(await isInSight('#window')).toBe(true);
    expect(await isInSight('.message.marked')).toBe(true);
    await press(page, 'Home');
    expect(await isInSight('.message.marked')).toBe(false);
    expect(await isInSight('.message >> nth=0')).toBe(true);
    await press(page, 'End');
    expect(await isInSight('.message.marked')).toBe(true);
  });

  it.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 400, height: 740 } }],
  ] as const)('breaks no rule of accessibility: %s', async (_name, options) => {
    project();
    const page = await open(await start('--as', 'ana'), options);
    expect(await violationsOf(page)).toEqual([]);
    await press(page, '1');
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await press(page, '?');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await press(page, 'c');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('codebook');
    await press(page, 'Escape');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio');
  });
});
