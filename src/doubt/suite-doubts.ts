import { readVotes } from '../agreement/load-votes.ts';
import type { Voted } from '../agreement/voted-unit.ts';
import type { ConversationsRead } from '../goldens/load.ts';
import { caseId } from '../plan/case.ts';
import type { SuiteWork } from '../project/load-work.ts';
import type { FieldNoise } from './label-noise.ts';
import { marksOn, readDoubtful } from './load-doubtful.ts';
import { loadRuns, type RecordedRun, type RunSources } from './load-runs.ts';
import { type DoubtedCase, type JudgedCase, rankDoubts } from './rank-doubts.ts';

/** Doubts about the labels of a suite, and what they rest on. */
export interface SuiteDoubts {
  suite: string;
  /** Name of the labels file without `.jsonl`. */
  labels: string;
  /** Labelled cases. */
  cases: number;
  runs: Pick<RecordedRun, 'model' | 'prompt' | 'sources' | 'answers'>[];
  /** What could not be read of it. */
  notes: string[];
  /** All doubted cases, the most doubtful first. */
  doubted: DoubtedCase[];
  noise: FieldNoise[];
}

/**
 * Puts together what runs, votes and marks say of a suite's labels. Asks no model.
 *
 * @param works the suite with each prompt, one at least
 * @param goldens folder of the goldens, absolute
 * @throws InputError where goldens or a run record that was named cannot be read
 */
export function suiteDoubts(
  works: readonly [SuiteWork, ...SuiteWork[]],
  goldens: string,
  conversations: ConversationsRead,
  sources: RunSources,
  shown: (file: string) => string,
): SuiteDoubts {
  const [{ suite }] = works;
  const { runs, notes } = loadRuns(works, sources);
  const { voted } = readVotes(goldens, suite, conversations, shown);
  const marks = readDoubtful(goldens);
  const judged = voted.flatMap((each): JudgedCase[] => {
    if (!isLabelled(each)) return [];
    const { id, window, label, adjudicated, votes } = each;
    const answers = runs.map((run) => run.answers.get(caseId(id, window)) ?? []);
    const doubted = marksOn(suite.task, each, marks);
    return [{ id, window, label, adjudicated, votes, answers, doubted }];
  });
  const ranked = rankDoubts(suite.task, judged);
  return { suite: suite.suite.name, labels: suite.labels, cases: judged.length, runs, notes, ...ranked };
}

function isLabelled(voted: Voted): voted is Voted & { label: NonNullable<Voted['label']> } {
  return voted.label !== null;
}
