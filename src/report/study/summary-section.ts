import type { StudyRecord } from '../../schema/study-record.ts';
import { plural } from '../../score/metric-text.ts';
import type { StudyFigure } from '../../study/figure.ts';
import { element, join, type Markup } from '../page/html.ts';
import { showTime } from '../page/summary.ts';
import { correctedWords, methodWords } from './figure-table.ts';
import type { StudyPageInput } from './study-page-input.ts';
import { studySection } from './study-section.ts';
import { countWords, figureWords, oneOf } from './study-words.ts';

/** What the study is, how common kept conversations are, raw and corrected, and what holds for every figure. */
export function summarySection({ record, figures: { figures, cautions } }: StudyPageInput): Markup {
  const kept = figures.find(({ kind, topic }) => kind === 'prevalence' && topic === null);
  return studySection(
    'summary',
    'Summary',
    record.study.description ?? null,
    element(
      'div',
      { class: 'cards' },
      ...(kept === undefined ? [nothingCard()] : [rawCard(record, kept), correctedCard(kept)]),
      element('article', { class: 'card' }, element('h3', {}, record.study.name), facts(record)),
    ),
    cautions.length === 0
      ? null
      : element(
          'div',
          { class: 'caution all' },
          element('h3', {}, 'What holds for all figures'),
          element('ul', {}, ...cautions.map((caution) => element('li', {}, caution))),
        ),
  );
}

function nothingCard(): Markup {
  return element(
    'article',
    { class: 'card' },
    element('h3', {}, 'No prevalence'),
    element('p', {}, 'No conversation has a usable answer.'),
  );
}

function rawCard({ study, groups }: StudyRecord, { kind, raw, conversations }: StudyFigure): Markup {
  const count = groups.find(({ topic }) => topic === null)?.conversations ?? 0;
  const words = figureWords(kind, raw.value, raw.interval);
  return element(
    'article',
    { class: 'card' },
    element('h3', {}, 'Kept, as counted'),
    bigFigure(words, `${countWords(count)} of ${plural(conversations, 'conversation')} with a usable answer`),
    element(
      'p',
      { class: 'soft' },
      `Kept are conversations that the model labels ${oneOf(study.select.keep)}.`,
    ),
  );
}

function correctedCard({ kind, corrected: [best, ...others], cautions }: StudyFigure): Markup {
  if (best === undefined)
    return element(
      'article',
      { class: 'card undecided' },
      element('h3', {}, 'Kept, corrected'),
      element('p', {}, 'Not corrected: nothing is known of the errors of these answers.'),
      ...cautions.map((caution) => element('p', { class: 'caution' }, caution)),
    );
  return element(
    'article',
    { class: `card ${best.method === 'Rogan-Gladen by goldens' ? 'undecided' : 'held'}` },
    element('h3', {}, 'Kept, corrected'),
    bigFigure(correctedWords(kind, best), `by ${methodWords(best)}`),
    ...others.map((other) =>
      element('p', { class: 'soft' }, `${correctedWords(kind, other)} by ${methodWords(other)}`),
    ),
    ...cautions.map((caution) => element('p', { class: 'caution' }, caution)),
  );
}

/** @param words value and interval: `2.92% (2.91 to 2.94)` */
function bigFigure(words: string, about: string): Markup {
  const [value = '', interval] = words.split(' (');
  return element(
    'div',
    { class: 'headline' },
    element('span', { class: 'figure' }, value),
    element(
      'span',
      {},
      interval === undefined ? null : join([element('b', {}, `(${interval}`), element('br', {})]),
      about,
    ),
  );
}

function facts(record: StudyRecord): Markup {
  const { model, corpus, prompts, git, seconds, started_at: startedAt } = record;
  const rows: [string, string][] = [
    ['Model', model],
    ['Corpus', `${plural(corpus.conversations, 'conversation')} in ${plural(corpus.files.length, 'file')}`],
    ['Date', showTime(startedAt)],
    ['Cost', costWords(record)],
    ['Took', durationWords(seconds)],
    ...Object.entries(prompts).map(([suite, { path, sha256 }]): [string, string] => [
      `Prompt, ${suite}`,
      `${path} ${sha256.slice(0, 12)}`,
    ]),
    [
      'Commit',
      git === null ? 'not in git' : `${git.commit.slice(0, 12)}${git.dirty ? ', with changes' : ''}`,
    ],
  ];
  return element(
    'dl',
    { class: 'facts' },
    ...rows.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  );
}

function costWords({ asked, spent: { cost_usd: cost } }: StudyRecord): string {
  if (asked === 0) return 'nothing asked: every answer was recorded';
  const asking = `${plural(asked, 'question')} asked`;
  if (cost === null) return `unknown, ${asking}`;
  if (cost === 0) return `free, ${asking}`;
  const digits = cost >= 1 ? 2 : 4;
  const usd = cost.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `US$${usd}, ${asking}`;
}

/** `3 h 12 min`, `12 min`, `4.2 s`. */
function durationWords(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(1)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${countWords(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}
