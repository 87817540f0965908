import type { Study } from '../../schema/study.ts';
import type { StudyStage } from '../../schema/study-record.ts';
import type { PairedCounts } from '../../statistics/paired-prevalence.ts';
import type { Task } from '../../task/task.ts';
import { countSelected, totalOf } from './count-selected.ts';
import { funnelStages } from './funnel-stages.ts';
import { topicsOf } from './label-order.ts';
import { findMoved, type MovedFigure } from './moved-conversations.ts';
import type { Database } from './open-database.ts';
import { type PairedRate, type PairedShift, pairRates, pairShifts } from './pair-figures.ts';
import { type CorpusOverlap, type PairedViews, pairKept, pairMembership } from './pair-kept.ts';
import { readingResults } from './read-results.ts';
import { openViews } from './result-views.ts';

/**
 * What two prompts say of the same conversations. Ids that only one of the two has count in `overlap` and `funnel`
 * alone.
 */
export interface ResultsComparison {
  overlap: CorpusOverlap;
  kept: PairedCounts;
  /** In the suite's order. */
  topics: { topic: string; counts: PairedCounts }[];
  /** By `<suite>.<field>`: all kept conversations (topic null), then by topic. */
  rates: Record<string, PairedRate[]>;
  shifts: Record<string, PairedShift[]>;
  funnel: {
    name: string;
    baseline: Pick<StudyStage, 'in' | 'out'>;
    candidate: Pick<StudyStage, 'in' | 'out'>;
  }[];
  moved: MovedFigure[];
}

/**
 * Compares the results of two runs of one study over the same corpus, conversation by conversation, by id.
 *
 * @param tasks of all suites that the study names
 * @param mostMoved conversations listed per figure; of more, those with the first ids
 * @throws InputError when a folder has no results, or they were written for another study
 */
export function compareResults(
  baseline: string,
  candidate: string,
  study: Study,
  tasks: readonly Task[],
  { mostMoved = 20 }: { mostMoved?: number } = {},
): Promise<ResultsComparison> {
  return readingResults(candidate, async (database) => {
    const views: PairedViews = {
      baseline: await openViews(database, 'baseline', baseline, study, tasks),
      candidate: await openViews(database, 'candidate', candidate, study, tasks),
    };
    const { overlap, kept } = await pairKept(database, views);
    const topics = topicsOf(study, tasks);
    return {
      overlap,
      kept,
      topics: await pairMembership(database, topics, overlap.both),
      rates: await pairRates(database, views, study, topics),
      shifts: await pairShifts(database, views, study, tasks, topics),
      funnel: await pairFunnel(database, views, study),
      moved: await findMoved(database, views, study, topics, mostMoved),
    };
  });
}

async function pairFunnel(
  database: Database,
  views: PairedViews,
  study: Study,
): Promise<ResultsComparison['funnel']> {
  const stagesOf = async (side: PairedViews['baseline']) =>
    funnelStages(database, side, study, totalOf(await countSelected(database, side.selected, null)));
  const before = await stagesOf(views.baseline);
  const after = await stagesOf(views.candidate);
  return before.flatMap(({ name, ...baseline }, index) => {
    const stage = after[index];
    return stage === undefined ? [] : [{ name, baseline, candidate: { in: stage.in, out: stage.out } }];
  });
}
