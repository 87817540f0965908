import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { touchstone } from './command.ts';
import { labellingPages, press, titleOf } from './labelling-pages.ts';
import { linesOf } from './labelling-project.ts';
import { HAS_BROWSER, violationsOf } from './page/quiet-browser.ts';

describe.runIf(HAS_BROWSER)('touchstone goldens label, in a browser', () => {
  const { project, start, open, complaints } = labellingPages();
  const at = (page: Page) => page.locator('html').getAttribute('data-at');
  const said = (page: Page) => page.locator('#said').textContent();

  it('takes votes by keyboard alone, each on the disk at once, and goes on where it was', async () => {
    const cwd = project();
    const first = await start('mood', '--as', ' ana ');
    const page = await open(first);
    expect(await page.locator('#place').textContent()).toBe('1 of 5, 0 done');
    const seen = [await titleOf(page)];
    await press(page, '3', 'u', 'n');
    await page.keyboard.type('sun & <b>');
    await press(page, 'Enter');
    expect(await at(page)).toBe('1');
    seen.push(await titleOf(page));
    const voted = linesOf(cwd, 'open/mood.jsonl').filter(({ votes }) => votes !== undefined);
    expect(voted).toMatchObject([{ votes: [{ by: 'ana', tone: 'up', unsure: true, note: 'sun & <b>' }] }]);
    await press(page, 's', '1', 'Enter');
    expect(await page.locator('#place').textContent()).toBe('4 of 5, 2 done');
    expect(await first.end()).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 votes by ana saved; 2 of 5 cases done'),
      err: '',
    });

    const again = await open(await start('mood', '--as', 'ana'));
    expect(await at(again)).toBe('1');
    expect(await titleOf(again)).toBe(seen[1]);
    await press(again, 'Backspace');
    expect(await titleOf(again)).toBe(seen[0]);
    expect(await again.locator('#note').inputValue()).toBe('sun & <b>');
    expect(await again.locator('#unsure').isChecked()).toBe(true);
    await press(again, '2', 'u', 'Enter', '2', 'Enter', '2', 'Enter', '2', 'Enter');
    expect(await again.locator('#over-says').textContent()).toBe('ana, 5 of 5 cases have your vote.');
    expect(linesOf(cwd, 'labels/mood.jsonl')).toEqual([]);
    const votes = linesOf(cwd, 'open/mood.jsonl').map((line) => line.votes);
    expect(votes.flat()).toHaveLength(5);
    expect(votes).toContainEqual([{ by: 'ana', tone: 'even', note: 'sun & <b>' }]);
  });

  it('cannot save what contradicts itself', async () => {
    const cwd = project();
    const page = await open(await start('talk', '--as', 'ana'));
    await press(page, 'Enter');
    expect(await said(page)).toBe('Choose main, pushback first.');
    await press(page, '1', '1', '3', 'ArrowDown');
    expect(await page.locator('[data-field=topics] input:checked').count()).toBe(2);
    await press(page, '1', 'Enter');
    expect(await said(page)).toBe('Choose reason first.');
    await press(page, '2', 'Enter');
    expect(await at(page)).toBe('1');
    await press(page, '3');
    expect(await page.locator('[data-field=topics]').getAttribute('class')).toContain('idle');
    expect(await page.locator('[data-field=pushback]').getAttribute('class')).toContain('lit');
    await press(page, '1', '1', 'ArrowUp', '2', 'Enter');
    expect(await at(page)).toBe('2');
    const votes = linesOf(cwd, 'open/talk.jsonl').flatMap((line) => line.votes ?? []);
    expect(votes).toHaveLength(2);
    expect(votes).toContainEqual({
      ...{ by: 'ana', main: 'work', topics: ['work', 'health'], pushback: true, reason: 'harm' },
    });
    expect(votes).toContainEqual({ by: 'ana', main: 'other', topics: [], pushback: false, reason: null });
  });

  it('keeps two annotators blind to each other, settles what they agree on, and lets a third decide', async () => {
    const cwd = project();
    const [ana, ben] = await Promise.all([start('mood', '--as', 'ana'), start('mood', '--as', 'ben')]);
    const [anas, bens] = await Promise.all([open(ana), open(ben)]);
    const toBen: string[] = [];
    bens.on('response', async (response) => toBen.push(await response.text()));
    const vote = async (page: Page, keyOf: (title: string) => string) => {
      for (let left = 5; left > 0; left -= 1) {
        const key = keyOf(await titleOf(page));
        if (key === '1') await press(page, 'n');
        if (key === '1') await page.keyboard.type('secretly sad');
        await press(page, 'Escape', key, 'Enter');
      }
    };
    await Promise.all([
      vote(anas, (shown) => (shown.includes('closing') ? '1' : '3')),
      vote(bens, (shown) => (/c4/.test(shown) ? '2' : '3')),
    ]);
    for (let place = 0; place < 5; place += 1) {
      await press(bens, 'Backspace');
      expect(await bens.content()).not.toMatch(/ana\b|secretly/);
    }
    expect(toBen.join('\n')).not.toMatch(/ana\b|secretly|settled|adjudicated/);
    expect(toBen.length).toBeGreaterThanOrEqual(14);
    expect(linesOf(cwd, 'labels/mood.jsonl')).toHaveLength(3);
    expect(linesOf(cwd, 'labels/mood.jsonl')).toContainEqual({
      ...{ id: 'c2', window: 'opening', tone: 'up' },
      votes: expect.arrayContaining([
        { by: 'ana', tone: 'up' },
        { by: 'ben', tone: 'up' },
      ]),
    });
    expect(linesOf(cwd, 'open/mood.jsonl')).toHaveLength(2);

    const page = await open(await start('mood', '--as', 'cleo', '--adjudicate'));
    expect(await page.locator('#place').textContent()).toBe('1 of 2, 0 done');
    expect(await violationsOf(page)).toEqual([]);
    for (let left = 2; left > 0; left -= 1) {
      const votes = await page.locator('#votes tbody tr').allTextContents();
      expect(votes.toSorted()).toEqual(
        (await titleOf(page)).includes('closing') ? ['anadownsecretly sad', 'benup'] : ['anaup', 'beneven'],
      );
      await press(page, '1', 'n');
      await page.keyboard.type('because');
      await press(page, 'Enter');
    }
    expect(linesOf(cwd, 'open/mood.jsonl')).toEqual([]);
    expect(linesOf(cwd, 'labels/mood.jsonl')).toContainEqual({
      ...{ id: 'c1', window: 'closing', tone: 'down', adjudicated: true, note: 'because' },
      votes: expect.arrayContaining([{ by: 'ana', tone: 'down', note: 'secretly sad' }]),
    });
    expect((await touchstone(['goldens', 'label', 'mood', '--as', 'ana'], { cwd })).out).toContain(
      'nothing to label',
    );
  });

  it('goes through a batch in its order, and changes a label by adjudication alone', async () => {
    const label = { id: 'c1', main: 'home', topics: ['home'], pushback: false, reason: null };
    const { id: _, ...vote } = label;
    const cwd = project({
      'goldens/labels/talk.jsonl': [{ ...label, votes: [{ by: 'author', ...vote }], note: 'a secret' }],
      'goldens/open/talk.jsonl': ['c2', 'c3', 'c4'].map((id) => ({ id })),
      'batch.jsonl': [
        { labels: 'talk', id: 'c3', window: null, why: 'split' },
        { labels: 'talk', id: 'c1', window: null, why: 'the model says work' },
        { labels: 'mood', id: 'c2', window: 'opening', why: 'thin' },
      ],
    });
    const page = await open(await start('talk', '--as', 'ana', '--batch', 'batch.jsonl'));
    expect(await titleOf(page)).toBe('Conversation c3 ');
    await press(page, 's');
    expect(await titleOf(page)).toBe('Conversation c1 ');
    expect(await page.content()).not.toMatch(/the model says|a secret|author/);
    expect(await page.locator('input:checked').count()).toBe(0);
    await press(page, '1', 'Tab', '2', 'Enter');
    expect(linesOf(cwd, 'labels/talk.jsonl')).toEqual([
      {
        ...label,
        votes: [
          { by: 'author', ...vote },
          { by: 'ana', ...vote, main: 'work', topics: ['work'] },
        ],
        note: 'a secret',
      },
    ]);
    const decide = await open(await start('talk', '--as', 'cleo', '--adjudicate', '--batch', 'batch.jsonl'));
    expect(await decide.locator('#votes tbody tr').count()).toBe(3);
    expect(await decide.locator('#note').inputValue()).toBe('a secret');
    await press(decide, '1', 'Enter');
    expect(linesOf(cwd, 'labels/talk.jsonl')).toMatchObject([
      { id: 'c1', main: 'work', adjudicated: true, votes: { length: 2 }, note: 'a secret' },
    ]);
  });

  it('keeps what was edited by hand meanwhile, and refuses to write over what is broken', async () => {
    const cwd = project();
    const labeller = await start('mood', '--as', 'ana');
    const page = await open(labeller);
    const file = path.join(cwd, 'goldens/open/mood.jsonl');
    const sound = readFileSync(file, 'utf8').replace(
      '{"id":"c1","window":"opening"}',
      '{ "window" : "opening",  "id":"c1", "votes": [{"by": "zoe", "tone": "down"}] }',
    );
    writeFileSync(
      file,
      `${sound}{"id": "c2", "window": "closing", "votes": [{"by": "zoe", "tone": "dwon"}]}\n`,
    );
    await press(page, '3', 'Enter');
    expect(await said(page)).toBe(
      'a file cannot be used as it stands: goldens/open/mood.jsonl:6. The terminal says why. Your answer is kept on this page.',
    );
    expect(labeller.said().err).toContain('goldens/open/mood.jsonl:6 (c2): unknown tone "dwon" in votes[0]');
    writeFileSync(file, sound);
    await press(page, 'Enter', '3', 'Enter', '3', 'Enter', '3', 'Enter', '3', 'Enter');
    const after = readFileSync(file, 'utf8').split('\n');
    expect(JSON.parse(after[0] ?? '')).toEqual({
      ...{ window: 'opening', id: 'c1' },
      votes: [
        { by: 'zoe', tone: 'down' },
        { by: 'ana', tone: 'up' },
      ],
    });
    expect(after.slice(1, 5).map((line) => JSON.parse(line).votes)).toEqual(
      Array.from({ length: 4 }, () => [{ by: 'ana', tone: 'up' }]),
    );
    // Chromium itself names the refusal.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('409')]);
  });
});
