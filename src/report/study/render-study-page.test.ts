import { createHash } from 'node:crypto';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { hostileStudy, inventedRecord, inventedStudy } from '../../../test/page/invented-study.ts';
import { figuresOf } from '../../study/figures/figures-of.ts';
import { renderStudyPage } from './render-study-page.ts';
import type { StudyPageInput } from './study-page-input.ts';

function documentOf(input: StudyPageInput) {
  return parseHTML(renderStudyPage(input)).document;
}

const textsOf = (document: Document, selector: string) =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');

describe("a study's page", () => {
  const document = documentOf(inventedStudy());

  it('is the same bytes for the same input', () => {
    expect(renderStudyPage(inventedStudy())).toBe(renderStudyPage(inventedStudy()));
  });

  it('has all its parts, each named in the bar', () => {
    const ids = ['summary', 'funnel', 'prevalence', 'rates', 'shifts', 'concerns', 'left-out', 'methods'];
    expect([...document.querySelectorAll('section')].map(({ id }) => id)).toEqual(ids);
    const links = [...document.querySelectorAll('nav a')];
    expect(links.map((link) => link.getAttribute('href'))).toEqual(ids.map((id) => `#${id}`));
    expect(links.map(({ textContent }) => textContent).slice(3, 5)).toEqual(['Pushback', 'Sentiment']);
  });

  it('allows its own style and script by their hashes, and asks for nothing', () => {
    const html = renderStudyPage(inventedStudy());
    const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
    for (const tag of ['style', 'script']) {
      const text = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(html)?.[1] ?? '';
      expect(policy).toContain(`${tag}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`);
      expect(html.match(new RegExp(`<${tag}`, 'g'))).toHaveLength(1);
    }
    expect(html).not.toMatch(/ style="| on[a-z]+="/);
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<link|@import|url\(/);
  });

  it('opens with study, model, size, date and cost, and the prevalence raw and corrected', () => {
    const [raw, corrected, facts] = textsOf(document, '#summary .card');
    expect(raw).toContain('2.92%(2.91 to 2.94)131,484 of 4,496,112 conversations');
    expect(corrected).toMatch(/\d\.\d\d%\(\d\.\d\d to \d\.\d\d\)by labelled sample, 390 labelled/);
    for (const text of [
      ...['invented-use', 'anthropic:claude-haiku-5-5', '4,500,000 conversations in 12 files'],
      ...['2026-03-04 05:06 UTC', 'US$5,150.50, 4,812,333 questions asked', '25 h 31 min', 'c0ffee000000'],
    ])
      expect(facts).toContain(text);
  });

  it('has every stage of the funnel, with shares of those in and of all', () => {
    const rows = textsOf(document, '#funnel tbody tr');
    expect(rows).toHaveLength(9);
    expect(rows[3]).toBe('of a label to keep3,984,108132,2063.32%2.94%');
    expect(textsOf(document, '#funnel svg text')).toContain('131,484');
    expect(document.querySelector('#funnel')?.textContent).toContain(
      'Over 50 human messages: 30,104 conversations (0.67%), 2,911 of them kept (9.67%).',
    );
  });

  it('writes shares in percent, the rare ones with more decimals, and names every method', () => {
    const rows = textsOf(document, '#prevalence tbody tr');
    expect(rows).toHaveLength(6);
    expect(rows[4]).toMatch(/^companionship13,940 conversations0\.31% \(0\.30 to 0\.32\)/);
    expect(rows[5]).toMatch(/^roleplay3,210 conversations0\.071% \(0\.069 to 0\.074\)/);
    for (const method of ['tuned prediction-powered, 390', ' prediction-powered, 390', 'Rogan-Gladen*, 418'])
      expect(rows[4]).toContain(method);
    for (const text of textsOf(document, 'td, .figure, .legend')) expect(text).not.toMatch(/\b0\.00\d{2,}\b/);
  });

  it('has a mark at every figure with a caution, and the caution in the same part', () => {
    for (const section of document.querySelectorAll('#prevalence, #rates, #shifts'))
      for (const link of section.querySelectorAll('.marks a'))
        expect(section.querySelector(link.getAttribute('href') ?? '')?.textContent).toContain(
          link.textContent,
        );
    expect(textsOf(document, '#prevalence .notes p')[0]).toContain('no random sample');
    expect(document.querySelectorAll('#prevalence tbody tr:has(.marks)')).toHaveLength(6);
  });

  it('gives rates by topic, and why, the commonest reason first', () => {
    expect(textsOf(document, '#rates .figures tbody th')).toHaveLength(5);
    const tables = [...document.querySelectorAll('#rates table')];
    const rows = [...(tables[1]?.querySelectorAll('tbody tr') ?? [])].map((row) => row.textContent);
    expect(rows[0]).toMatch(/^self harm33\.3% \(32\.3 to 34\.4\)/);
    expect(rows.at(-1)).toMatch(/^harmful assumption6\.66%/);
  });

  it('gives the shift with both means, on a scale that is named', () => {
    const rows = textsOf(document, '#shifts tbody tr');
    expect(rows[2]).toMatch(/^coaching23,099 conversations−0\.180−0\.100\+0\.080 \(\+0\.07\d to \+0\.08\d\)/);
    expect(document.querySelector('#shifts')?.textContent).toContain('very negative −1, negative −0.5');
  });

  it('shows groups of concerns, and says how many conversations are in none, and why', () => {
    const rows = textsOf(document, '#concerns tbody tr');
    expect(rows[0]).toMatch(
      /^Difficult talks at work24,00018\.3%interpersonal advice 12,000, coaching 9,000the model/,
    );
    expect(rows[5]).toContain('unnamed: nothing may be said of it');
    expect(textsOf(document, '#concerns li').join('\n')).toMatch(
      /311 conversations of 130,900 \(0\.24%\): in no group of 20 or more.*584 conversations: the model gave no usable line.*2 names/s,
    );
  });

  it('names what is left out: rare topics, unusable answers, bad, repeated, cut and long records', () => {
    const rows = textsOf(document, '#left-out tbody tr');
    expect(rows[0]).toBe('roleplay3,2100.071%0.10%');
    expect(rows[1]).toContain('3,010 0.067%');
    expect(rows.slice(-4).map((row) => /^\D*[\d,]* ?\D*/.exec(row)?.[0])).toHaveLength(4);
    expect(rows.slice(-4).join('\n')).toMatch(
      /^Bad records1,204.*\nRepeated ids87.*\nOver 800,000 characters41/,
    );
  });

  it('says in words how it was done, with sources, and what was not used', () => {
    const methods = textsOf(document, '#methods .methods > div');
    expect(methods.join('\n')).toMatch(
      /Wilson \(1927\).*arXiv:2311\.01453.*Rogan and Gladen \(1978\).*n = 1000.*20 conversations/s,
    );
    expect(methods.filter((text) => text.includes('not used here'))).toEqual([]);
    const plain = documentOf({ ...inventedStudy('nothing'), concerns: null });
    expect(textsOf(plain, '#methods h3').filter((text) => text.includes('not used here'))).toHaveLength(4);
  });

  it('names what every chart shows', () => {
    const charts = [...document.querySelectorAll('svg[role=img]')];
    expect(charts).toHaveLength(7);
    for (const chart of charts) expect(chart.getAttribute('aria-label')).toMatch(/\. .*\d/);
  });
});

describe("a study's page where something is missing", () => {
  it('says so where nothing is known of the errors, and where a correction is impossible', () => {
    const plain = documentOf(inventedStudy('nothing'));
    expect(textsOf(plain, '#summary .card')[1]).toContain('Not corrected: nothing is known');
    expect(textsOf(plain, '#prevalence tbody tr')[0]).toContain('not corrected');
    const input = inventedStudy('nothing');
    const figures = input.figures.figures.map((figure) => ({
      ...figure,
      corrected: [{ method: 'Rogan-Gladen by goldens' as const, value: 1, interval: null, labelled: 9 }],
      cautions: ['It means nothing.'],
    }));
    const impossible = documentOf({ ...input, figures: { ...input.figures, figures } });
    expect(textsOf(impossible, '#summary .card')[1]).toContain('impossible');
    expect(textsOf(impossible, '#summary .card .caution')).toEqual(['It means nothing.']);
    expect(textsOf(impossible, '#prevalence tbody tr')[0]).toContain(
      'impossible Rogan-Gladen*, 9 goldens [1]',
    );
  });

  it('has a page for a study in which no conversation counts', () => {
    const record = inventedRecord();
    const groups = record.groups.map(({ topic }) => ({ topic, conversations: 0, rates: {}, shifts: {} }));
    const empty = {
      ...{ ...record, groups, labels: {}, funnel: [{ name: 'answered', in: 0, out: 0 }], questions: [] },
      corpus: { files: [], conversations: 0, bad: 0, repeated: 0, cut: 0 },
    };
    const figures = figuresOf(empty, { goldens: null, sample: null });
    const document = documentOf({ record: empty, figures, concerns: null });
    expect(document.querySelector('#summary')?.textContent).toContain('No conversation has a usable answer.');
    expect(document.querySelector('#concerns')?.textContent).toContain('touchstone study topics');
    expect(document.querySelector('main')?.textContent).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it('has no part for what the study does not ask', () => {
    const record = inventedRecord();
    const { rates: _rates, shifts: _shifts, ...study } = record.study;
    const figures = figuresOf({ ...record, study }, { goldens: null, sample: null });
    const document = documentOf({ record: { ...record, study }, figures, concerns: null });
    expect([...document.querySelectorAll('section')].map(({ id }) => id)).not.toContain('rates');
    expect(document.querySelectorAll('nav a')).toHaveLength(6);
  });

  it('has no character and no markup of a hostile name', () => {
    const html = renderStudyPage(hostileStudy());
    expect(html).not.toMatch(/[\u0000-\u0008\u202e]/);
    expect(parseHTML(html).document.querySelectorAll('img, iframe, main script').length).toBe(0);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;⟨U+202E⟩⟨U+0001⟩');
  });
});
