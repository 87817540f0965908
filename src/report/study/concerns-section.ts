import type { ConcernsRecord } from '../../schema/concerns.ts';
import { plural } from '../../score/metric-text.ts';
import { element, type Markup } from '../page/html.ts';
import { plainTable } from '../page/plot-chart.ts';
import type { StudyPageInput } from './study-page-input.ts';
import { studySection } from './study-section.ts';
import { countWords, labelWords, shareWords } from './study-words.ts';

const BAR = { width: 96, height: 10 };

/** What people bring: groups of conversations about the same, and what is not shown of them and why. */
export function concernsSection({ concerns }: StudyPageInput): Markup {
  if (concerns === null)
    return studySection(
      'concerns',
      'Topics',
      'Not summarised yet. To see what people bring, type: touchstone study topics.',
    );
  const { groups, conversations, model, min_group: minGroup } = concerns;
  return studySection(
    'concerns',
    'Topics',
    `What people bring. ${plural(conversations, 'conversation')}, each summarised by ${model} in one line that is not shown; lines about the same are one group. No group of fewer than ${minGroup} is shown.`,
    groups.length === 0
      ? element('p', {}, `No group has ${minGroup} conversations.`)
      : element('div', { class: 'wrap' }, groupTable(concerns)),
    element('h3', {}, 'Not shown'),
    element('ul', {}, ...hiddenLines(concerns).map((line) => element('li', {}, line))),
  );
}

function groupTable({ groups, conversations }: ConcernsRecord): Markup {
  const most = Math.max(...groups.map((group) => group.conversations));
  return plainTable(
    'What people bring',
    ['Group', 'Conversations', 'Share', 'Of the largest', 'By topic', 'Named by'],
    groups.map((group) => [
      group.name ?? 'unnamed: nothing may be said of it',
      countWords(group.conversations),
      shareWords(group.conversations, conversations),
      bar(group.conversations / most),
      Object.entries(group.by_topic)
        .sort(([, a], [, b]) => b - a)
        .map(([topic, count]) => `${labelWords(topic)} ${countWords(count)}`)
        .join(', '),
      group.named_by === 'model' ? 'the model' : 'its words',
    ]),
  );
}

/** The share beside it says the same. */
function bar(share: number): Markup {
  const width = Math.max(1, Math.round(share * BAR.width));
  return element(
    'svg',
    { ...BAR, 'aria-hidden': 'true' },
    element('rect', { width, height: BAR.height, class: 'share' }),
  );
}

function hiddenLines({
  not_shown: { dropped, without_line: withoutLine },
  min_group: minGroup,
  conversations,
  merged,
  refused_names: refused,
}: ConcernsRecord): string[] {
  return [
    `${plural(dropped, 'conversation')} of ${countWords(conversations)} (${shareWords(dropped, conversations)}): in no group of ${minGroup} or more, so that nothing rare is told of anybody.`,
    `${plural(withoutLine, 'conversation')}: the model gave no usable line.`,
    ...(merged > 0
      ? [
          `${plural(merged, 'conversation')} of groups that were too small were counted in the shown group next to them.`,
        ]
      : []),
    ...(refused > 0
      ? [
          `${plural(refused, 'name')} of the model did not pass the check for what may identify a person; those groups are named by their most telling words.`,
        ]
      : []),
  ];
}
