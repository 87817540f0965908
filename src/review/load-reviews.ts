import path from 'node:path';
import type { Baseline } from '../baseline/baseline.ts';
import { readBaseline } from '../baseline/load.ts';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { type Goldens, readConversations, readGoldens } from '../goldens/load.ts';
import { suiteOfRecord } from '../record/build-record.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { type LoadedSuite, loadSuites } from '../suite/load.ts';
import { compareToday } from './compare-today.ts';
import { type AnswersPlace, newestRun } from './find-answers.ts';
import { answersOfBaseline, answersOfRun } from './recorded-answers.ts';
import { type ReviewItem, reviewItems } from './review-items.ts';

/** One suite's flips, and what is needed to show and to accept them. */
export interface SuiteReview {
  suite: RunRecord['suite'];
  goldens: Goldens;
  baseline: Baseline;
  run: RunRecord;
  items: ReviewItem[];
}

/**
 * The flips of each suite's last run against its baseline, by today's labels. A suite that was not named and was not
 * run, or has no baseline, is passed over.
 *
 * @throws InputError where a file is broken, a named suite has no run or baseline, none has, or a run is not whole
 */
export function loadReviews(
  names: readonly string[],
  options: { model: string; goldens: string },
  place: AnswersPlace,
): SuiteReview[] {
  const { project, cwd } = place;
  const shown = (file: string) => path.relative(cwd, file) || '.';
  const { suites, problems } = loadSuites(project.suites, names, shown);
  const conversations = readConversations(options.goldens, shown);
  problems.push(...conversations.problems);
  const lacking: Problem[] = [];
  const found = suites.flatMap((suite): SuiteReview[] => {
    const read = readBaseline(project.baselines, suite.task, options.model, shown);
    const last = newestRun(suite.suite.name, (run) => run.model === options.model, place);
    const labelled = readGoldens(options.goldens, suite.task, suite.labels, { conversations, shown });
    problems.push(...read.problems, ...labelled.problems);
    if (read.problems.length > 0 || labelled.goldens === null) return [];
    if (read.baseline === null || last === null) {
      lacking.push(nothing(suite, read.baseline === null ? 'baseline' : 'run', options.model));
      return [];
    }
    const { baseline } = read;
    const unfit = unfitness(suite, last.run, baseline);
    if (unfit !== null) {
      const mend = `Type touchstone run ${suite.suite.name}, then review or accept it`;
      problems.push({ file: last.shown, line: null, id: null, what: unfit, mend });
      return [];
    }
    const today = suiteOfRecord(suite);
    const answers = answersOfRun(last.run, last.shown);
    const { comparison } = compareToday(today, labelled.goldens, answersOfBaseline(baseline), answers);
    return [
      { suite: today, goldens: labelled.goldens, baseline, run: last.run, items: reviewItems(comparison) },
    ];
  });
  if (names.length > 0 || found.length === 0) problems.push(...lacking);
  if (problems.length > 0) throw new InputError(problems);
  return found;
}

function nothing({ suite: { name } }: LoadedSuite, what: 'baseline' | 'run', model: string): Problem {
  const mend = `Type touchstone run ${name}${what === 'run' ? '' : `, then touchstone accept ${name}`}`;
  return { file: name, line: null, id: null, what: `nothing to review: no ${what} of ${model}`, mend };
}

/** Why no line of a run can be taken into a baseline; null where they can. */
function unfitness({ suite }: LoadedSuite, run: RunRecord, baseline: Baseline): string | null {
  const answers = run.cases.flatMap((each) => each.answers);
  const failed = answers.filter(({ status }) => status === 'failed').length;
  if (failed > 0) return `${failed} questions of the last run failed, so it is not whole`;
  if (JSON.stringify(run.suite.fields) !== JSON.stringify(suite.fields))
    return 'the last run is of other fields than the suite has today';
  if (run.repeats !== baseline.header.repeats)
    return `the last run has ${run.repeats} repeats and the baseline ${baseline.header.repeats}`;
  return null;
}
