import * as Plot from '@observablehq/plot';
import type { StudyRecord, StudyStage } from '../../schema/study-record.ts';
import { plural } from '../../score/metric-text.ts';
import { element, type Markup } from '../page/html.ts';
import { plainTable, plotChart } from '../page/plot-chart.ts';
import { CHART_WIDTH } from './figure-chart.ts';
import type { StudyPageInput } from './study-page-input.ts';
import { chartsAndTable, studySection } from './study-section.ts';
import { countWords, labelWords, shareWords, shorten } from './study-words.ts';

/** Longer names of stages are cut in charts: the count stands on the same line. */
const LONGEST_STAGE = 40;

/** What every stage took in and let through, and what became of very long conversations. */
export function funnelSection({ record }: StudyPageInput): Markup {
  const isFurther = ({ name }: StudyStage) => /: (asked|answered)$/.test(name);
  const selecting = record.funnel.filter((stage) => !isFurther(stage));
  const further = record.funnel.filter(isFurther);
  const total = record.corpus.conversations;
  const charts = [
    funnelChart('From the corpus to the kept conversations', selecting),
    ...(further.length === 0 ? [] : [funnelChart('Further questions, about the kept ones', further)]),
  ];
  const table = plainTable(
    'The funnel',
    ['Stage', 'In', 'Out', 'Of those in', 'Of all'],
    record.funnel.map((stage) => [
      labelWords(stage.name),
      countWords(stage.in),
      countWords(stage.out),
      shareWords(stage.out, stage.in),
      shareWords(stage.out, total),
    ]),
  );
  return studySection(
    'funnel',
    'Funnel',
    'Each stage asks only about what the one before let through.',
    chartsAndTable(charts, table),
    longConversations(record),
  );
}

function longConversations({ study, long, corpus }: StudyRecord): Markup | null {
  if (study.long_over === undefined) return null;
  const share = shareWords(long.conversations, corpus.conversations);
  return element(
    'p',
    {},
    `Over ${study.long_over} human messages: ${plural(long.conversations, 'conversation')} (${share}), ${countWords(long.kept)} of them kept (${shareWords(long.kept, long.conversations)}).`,
  );
}

/** A bar a stage: as long as what came in, filled as far as it was let through. */
function funnelChart(title: string, stages: readonly StudyStage[]): Markup {
  const most = Math.max(1, ...stages.map((stage) => stage.in));
  const last = stages.at(-1);
  const description = `${plural(stages.length, 'stage')}${last === undefined ? '' : `, the last of ${countWords(last.in)} in and ${countWords(last.out)} out`}.`;
  const at = { y: (_: StudyStage, row: number) => row, dy: 6, strokeWidth: 9 };
  const label = { y: at.y, dy: -9, fill: 'var(--ink)', fontSize: 11.5 };
  const chart = plotChart(
    { title, description },
    {
      width: CHART_WIDTH,
      height: stages.length * 36 + 8,
      marginLeft: 4,
      marginRight: 4,
      marginTop: 6,
      marginBottom: 2,
      x: { domain: [0, most], axis: null },
      y: { type: 'point', domain: stages.map((_, row) => row), axis: null, padding: 0.6 },
      marks: [
        Plot.ruleY(stages, { ...at, x1: 0, x2: 'in', stroke: 'var(--grid)', title: stageTitle }),
        Plot.ruleY(stages, { ...at, x1: 0, x2: 'out', stroke: 'var(--bar)', title: stageTitle }),
        Plot.text(stages, {
          ...{ ...label, frameAnchor: 'left' },
          text: ({ name }: StudyStage) => shorten(labelWords(name), LONGEST_STAGE),
        }),
        Plot.text(stages, {
          ...{ ...label, frameAnchor: 'right' },
          text: (stage: StudyStage) => countWords(stage.out),
        }),
      ],
    },
  );
  return element('div', {}, element('p', { class: 'chart-title' }, title), chart);
}

function stageTitle(stage: StudyStage): string {
  return `${labelWords(stage.name)}: ${countWords(stage.in)} in, ${countWords(stage.out)} out (${shareWords(stage.out, stage.in)})`;
}
