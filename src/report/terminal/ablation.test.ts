import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { MetricEffect, PartEffect, SuiteAblation } from '../../ablate/ablation.ts';
import { renderAblation, renderParts } from './ablation.ts';

const metric = (name: string, difference: number, shown: MetricEffect['shown'] = null): MetricEffect => ({
  ...{ metric: name, where: null, margin: 0.03, better: name.endsWith('mae') ? 'lower' : 'higher', n: 400 },
  ...{ before: 0.8, without: 0.8 + difference, difference, adjustedP: 0.01, shown },
  interval: { low: difference - 0.123, high: difference + 0.123, method: 'tango' },
});

const part = (name: string, first: number, last: number, more: Partial<PartEffect>): PartEffect => ({
  ...{ part: { name, kind: 'rule', lines: { first, last } }, tokens: 1234, changed: 9 },
  flips: { mood: { broken: 114, fixed: 30 } },
  metrics: [
    ...[metric('mood.accuracy', -0.144, 'worse'), metric('mood.mae', 0.357)],
    ...[metric('mood.recall.very_negative', 0), metric('topics.jaccard', -0.01)],
  ],
  ruling: 'earns',
  ...more,
});

const idle: Partial<PartEffect> = { metrics: [], flips: {}, changed: 0, ruling: 'changes nothing' };
const ablation: SuiteAblation = {
  ...{ suite: 'mood', model: 'embedded', prompt: 'prompts/mood.md', headline: 'mood.accuracy' },
  ...{ cases: 400, selection: null, alpha: 0.05, tests: 12, unusable: 0, asked: 40, usd: 0 },
  tokens: { total: 5840, isCounted: false },
  parts: [
    part('label very_negative in a section with a long name', 3, 9, {}),
    part('rule 1 A \u001b[31m\u202e名前が長くて改行のない規則です名前が長くて', 20, 21, {
      ruling: 'no effect shown',
    }),
    part('section Steps', 30, 40, { ...idle, tokens: 300 }),
    part('rule 2 Inside it', 31, 32, { ...idle, tokens: 100 }),
    part('paragraph Apart from it', 50, 51, { ...idle, tokens: 12 }),
  ],
};
const render = (columns: number, given: Partial<SuiteAblation> = {}) =>
  renderAblation({ ...ablation, ...given }, { chalk: new Chalk({ level: 0 }), columns });

describe('the table of an ablation', () => {
  it.each([60, 80, 100, 200])('keeps within %i columns', (columns) => {
    const lines = render(columns).split('\n');
    for (const line of lines) {
      const wide = [...line].filter((character) => /[^\u0000-\u2fff]/u.test(character)).length;
      expect(line.length + wide, line).toBeLessThanOrEqual(Math.min(columns, 100));
    }
  });

  it.each([60, 100])('has every metric with its interval, flips and ruling, at %i columns', (columns) => {
    const text = render(columns);
    for (const shown of [
      '-14.4',
      '(-26.7 to -2.1) *',
      '-114 +30',
      'earns',
      '3-9',
      '1,234',
      '(-12.3 to +12.3)',
    ])
      expect(text).toContain(shown);
    expect(text).toContain('+0.357 (+0.234 to +0.480)');
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u202e');
  });

  it('ends with the parts that change nothing, tokens of those inside others counted once', () => {
    expect(render(100).replaceAll('\n', ' ')).toMatch(
      /mood: 3 parts \(about 312 tokens of 5,840\) change nothing: section Steps; rule 2 Inside it; paragraph Apart from it\.\s*$/,
    );
    expect(render(100, { parts: ablation.parts.slice(0, 1) })).toContain(
      'mood: every part changes some answer.',
    );
  });

  it('warns of the embedded model, of a part of the suite, and of unusable answers', () => {
    expect(render(100)).toContain('embedded is a floor, not a judge');
    expect(render(100)).toMatch(/Holm's adjustment for 12 comparisons/);
    const rendered = render(100, {
      ...{ model: 'anthropic:claude-haiku-5-5', selection: 'lang:zh, first 20', unusable: 7, usd: 0.5 },
      tokens: { total: 5840, isCounted: true },
    });
    const paid = rendered.replaceAll('\n', ' ');
    expect(paid).not.toMatch(/embedded|estimated|about/);
    expect(paid).toContain('only part of the suite: lang:zh, first 20');
    expect(paid).toContain('without a usable answer, counted as wrong: 7');
    expect(paid).toContain('40 questions asked for US$0.5000');
  });

  it('can be of the names alone', () => {
    const parts = ablation.parts.map((effect) => effect.part);
    const listed = renderParts('mood', 'prompts/mood.md', parts, {
      chalk: new Chalk({ level: 0 }),
      columns: 60,
    });
    expect(listed).toMatch(/^section Steps +30-40$/m);
  });
});
