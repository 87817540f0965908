import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { doubtsOf } from '../../src/report/page/doubts.ts';
import type { PageData } from '../../src/report/page/page-data.ts';
import type { PageInput } from '../../src/report/page/page-input.ts';
import { renderPage } from '../../src/report/page/render-page.ts';
import { generatedPage } from './generated-page.ts';

const textOf = (html: string, selector: string) =>
  [...parseHTML(html).document.querySelectorAll(selector)].map(({ textContent }) => textContent);

function dataOf(html: string): PageData {
  const [packed = '""'] = textOf(html, '#data');
  return JSON.parse(gunzipSync(Buffer.from(JSON.parse(packed), 'base64')).toString());
}

describe('the page', () => {
  it('is the same bytes for the same input', () => {
    expect(renderPage(generatedPage(40))).toBe(renderPage(generatedPage(40)));
  });

  it('allows its own style and script by their hashes, and nothing else', () => {
    const html = renderPage(generatedPage(20));
    const policy = parseHTML(html).document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
    const hashOf = (tag: string) => {
      const text = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(html)?.[1] ?? '';
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src ${hashOf('style')};`);
    expect(policy).toContain(`script-src ${hashOf('script')};`);
    expect(policy).not.toContain('unsafe');
    expect(html.match(/<style/g)).toHaveLength(1);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toMatch(/ style="| on[a-z]+="/);
  });

  it('asks for nothing', () => {
    const html = renderPage(generatedPage(20)).replaceAll('http://www.w3.org/2000/svg', '');
    expect(html).not.toMatch(/https?:|<link|<img| src=|@import|url\(/);
  });

  it('embeds every conversation once, with votes, note and window', () => {
    const data = dataOf(renderPage(generatedPage(20, { note: 'so' })));
    expect(data.conversations).toHaveLength(20);
    expect(data.suites[0]?.cases[0]).toMatchObject({
      ...{
        id: 'c00000/closing',
        note: 'so',
        marked: [2],
        changes: ['broken', 'broken'],
        right: [false, false],
      },
      votes: [{ by: 'a', values: ['up', ['work']] }, { by: 'b' }],
    });
    expect(data.suites[0]?.cases[1]?.split).toEqual([true, true]);
  });

  it('leaves the text out where it is not given', () => {
    const input = generatedPage(20, { said: 'a secret' });
    const html = renderPage({ ...input, suites: input.suites.map((suite) => ({ ...suite, goldens: null })) });
    expect(dataOf(html).conversations).toEqual([]);
    expect(textOf(html, '#goldens .lead')).toEqual(['Conversations and votes are not in this report.']);
  });

  it('names what every chart shows', () => {
    const { document } = parseHTML(renderPage(generatedPage(20)));
    const charts = [...document.querySelectorAll('svg')];
    expect(charts.length).toBeGreaterThan(5);
    for (const chart of charts) {
      expect(chart.querySelector('title')?.textContent).not.toBe('');
      expect(chart.querySelector('desc')?.textContent).not.toBe('');
    }
  });

  it('gives the commit of each point of the history, and whether the prompt changed', () => {
    const rows = textOf(renderPage(generatedPage(20)), '#history tbody tr');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('0abcdef0');
    expect(rows[0]).not.toContain('changed');
    expect(rows[1]).toContain('changed');
  });

  it('names the model beside the suite where there are several', () => {
    const one = generatedPage(20);
    const html = renderPage({ ...one, suites: [...one.suites, ...withModel(one, 'anthropic:x').suites] });
    expect(dataOf(html).suites.map(({ name }) => name)).toEqual(['mood, embedded', 'mood, anthropic:x']);
    expect(textOf(html, '#goldens h3')).toEqual(['mood']);
  });
});

describe('a doubtful label', () => {
  const input = generatedPage(20);
  const subject = (index: number) => {
    const found = input.suites[0]?.assessment.run.cases[index];
    if (found === undefined) throw new Error('no such case');
    return found;
  };

  it('is one on which votes are split, or that every answer opposes', () => {
    const doubts = doubtsOf(input.suites);
    expect([0, 1, 10].map((index) => doubts.isSplit('mood', 'tone', subject(index)))).toEqual([
      false,
      true,
      false,
    ]);
    expect([0, 1, 10].map((index) => doubts.isAgainst('mood', 'tone', subject(index)))).toEqual([
      true,
      false,
      true,
    ]);
    expect(doubts.answersOf('mood')).toBe(1);
  });

  it('is no longer opposed where another model gives it', () => {
    const right = withModel(input, 'other');
    for (const { assessment } of right.suites)
      for (const each of assessment.run.cases)
        for (const answer of each.answers) if (answer.status === 'answered') answer.label = each.expected;
    const doubts = doubtsOf([...input.suites, ...right.suites]);
    expect(doubts.isAgainst('mood', 'tone', subject(0))).toBe(false);
    expect(doubts.answersOf('mood')).toBe(2);
  });
});

function withModel(input: PageInput, model: string): PageInput {
  const copy = structuredClone(input);
  for (const { assessment } of copy.suites) assessment.run.model = model;
  return copy;
}
