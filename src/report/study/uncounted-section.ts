import type { StudyRecord } from '../../schema/study-record.ts';
import { plural } from '../../score/metric-text.ts';
import type { LeftOutTopic } from '../../study/figure.ts';
import { element, join, type Markup } from '../page/html.ts';
import { plainTable } from '../page/plot-chart.ts';
import type { StudyPageInput } from './study-page-input.ts';
import { studySection } from './study-section.ts';
import { countWords, figureWords, labelWords, shareWords } from './study-words.ts';

/** What is in no figure, or only in some: rare topics, unusable answers, bad, repeated and cut records. */
export function uncountedSection({ record, figures: { leftOut } }: StudyPageInput): Markup {
  return studySection(
    'left-out',
    'Left out',
    'What is in no figure, or only in some of them.',
    ...topicParts(leftOut),
    element('h3', {}, 'Unusable answers'),
    element(
      'p',
      { class: 'soft' },
      'An invalid answer is none of those asked for; a refusal is the model’s; a failed question got no answer at all. A window is a question of its own.',
    ),
    answerTable(record),
    element('h3', {}, 'Records of the corpus'),
    recordTable(record),
  );
}

function topicParts(leftOut: readonly LeftOutTopic[]): Markup[] {
  if (leftOut.length === 0) return [];
  return [
    element('h3', {}, 'Topics too rare to be analysed'),
    element('p', { class: 'soft' }, 'Counted in the prevalence, and left out of all that is by topic.'),
    plainTable(
      'Topics too rare to be analysed',
      ['Topic', 'Conversations', 'Share of all', 'Needed'],
      leftOut.map(({ topic, conversations, share, under }) => [
        labelWords(topic),
        countWords(conversations),
        figureWords('prevalence', share, null),
        figureWords('prevalence', under, null),
      ]),
    ),
  ];
}

function answerTable({ questions }: StudyRecord): Markup {
  return plainTable(
    'Unusable answers',
    ['Suite', 'Questions', 'Answered', 'Invalid', 'Refused', 'Failed'],
    questions.map(({ suite, answered, invalid, refused, failed }) => {
      const all = answered + invalid + refused + failed;
      const cell = (count: number) =>
        join([`${countWords(count)} `, element('span', { class: 'soft' }, shareWords(count, all))]);
      return [suite, countWords(all), ...[answered, invalid, refused, failed].map(cell)];
    }),
  );
}

function recordTable({ corpus, study, long }: StudyRecord): Markup {
  const { conversations, bad, repeated, cut } = corpus;
  const records = conversations + bad + repeated;
  const rows: [what: string, count: number, of: number, how: string][] = [
    ['Bad records', bad, records, 'skipped, and named in bad-records.jsonl'],
    ['Repeated ids', repeated, records, 'counted once, the first time'],
  ];
  if (study.longest !== undefined)
    rows.push([
      `Over ${plural(study.longest, 'character')}`,
      ...([cut, conversations] as const),
      'counted; asked about without their middle',
    ]);
  if (study.long_over !== undefined)
    rows.push([
      `Over ${plural(study.long_over, 'human message')}`,
      ...([long.conversations, conversations] as const),
      `counted as any other; ${countWords(long.kept)} kept`,
    ]);
  return plainTable(
    'Records of the corpus',
    ['Records', 'Number', 'Share', 'What became of them'],
    rows.map(([what, count, of, how]) => [what, countWords(count), shareWords(count, of), how]),
  );
}
