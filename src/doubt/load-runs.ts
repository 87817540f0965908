import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { baselineFileName } from '../baseline/baseline.ts';
import { parseBaseline } from '../baseline/load.ts';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { readModelChoice } from '../model/model-choice.ts';
import { replayModel } from '../model/replay-model.ts';
import type { SuiteWork } from '../project/load-work.ts';
import type { Project } from '../project/project.ts';
import { listRecords, readRecord } from '../record/record-files.ts';
import { answersOfBaseline, answersOfRun, type RecordedAnswers } from '../review/recorded-answers.ts';
import type { BaselineAnswer } from '../schema/baseline.ts';
import type { Label } from '../schema/run-record.ts';
import type { Store } from '../store/store.ts';
import { keptUnder } from '../study/recorded-or-asked.ts';
import { parseAnswer } from '../task/parse-answer.ts';

/** What one model answered to one prompt, wherever it is recorded. */
export interface RecordedRun {
  model: string;
  /** SHA-256. */
  prompt: string;
  /** Where the answers are, as shown to the user. */
  sources: string[];
  /** By case id: usable answers, one a repeat. Cases without one are left out. */
  answers: Map<string, Label[]>;
}

export interface RunSources {
  project: Project;
  /** The working directory, which paths are relative to. */
  cwd: string;
  store: Store | null;
  /** Ids of the models whose answers count; all that are on record where empty. */
  models: readonly string[];
  /** Run records that the user named. */
  files: readonly string[];
}

/**
 * Gathers every answer to a suite's cases that is on record: in the run records that were named, in those of
 * `.touchstone/runs`, in the baselines, and in the store for each of the prompts. Of a model and a prompt it makes one
 * run; of a case that has several answers the first source has its way, of run records the newest. Answers to another
 * text of a case, and such as today's fields do not allow, are left out.
 *
 * @param works the suite with each prompt, one at least
 * @returns sorted by model and prompt, and what was passed over
 * @throws InputError where a file that was named is no run record of the suite
 */
export function loadRuns(
  works: readonly SuiteWork[],
  sources: RunSources,
): { runs: RecordedRun[]; notes: string[] } {
  const [work] = works;
  if (work === undefined) throw new Error('a suite has a prompt at least');
  const { project, cwd, models } = sources;
  const { name } = work.suite.suite;
  const shown = (file: string) => path.relative(cwd, file);
  const notes: string[] = [];
  const found: RecordedAnswers[] = [];
  const tryRead = (read: () => RecordedAnswers | null) => {
    try {
      const answers = read();
      if (answers !== null && (models.length === 0 || models.includes(answers.model))) found.push(answers);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      notes.push(
        ...error.problems.slice(0, 1).map((problem) => `passed over ${problem.file}: ${problem.what}`),
      );
    }
  };
  const named = namedRecords(name, sources);
  for (const file of listRecords(project.runs, name))
    tryRead(() => answersOfRun(readRecord(file, shown(file)), shown(file)));
  for (const file of baselineFiles(project.baselines, name))
    tryRead(() => baselineAnswers(file, shown(file), work));
  const runs = new Map<string, RecordedRun>();
  for (const recorded of [...named, ...found]) addAnswers(runs, recorded, work);
  const known = [...runs.values()].map(({ model }) => model);
  const asked = models.length > 0 ? models : [...new Set(['embedded', ...known])];
  if (sources.store !== null) addStored(runs, works, asked, sources.store);
  const usable = [...runs.values()].filter(({ answers }) => answers.size > 0);
  const key = ({ model, prompt }: RecordedRun) => `${model} ${prompt}`;
  return { runs: usable.sort((a, b) => (key(a) < key(b) ? -1 : 1)), notes };
}

function namedRecords(suite: string, { files, cwd }: RunSources): RecordedAnswers[] {
  const problems: Problem[] = [];
  const named = files.flatMap((file) => {
    try {
      const run = readRecord(path.resolve(cwd, file), file);
      if (run.suite.name === suite) return [answersOfRun(run, file)];
      const what = `is a run of the suite "${run.suite.name}"`;
      problems.push({ file, line: null, id: null, what, mend: `Give runs of ${suite}` });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
    return [];
  });
  if (problems.length > 0) throw new InputError(problems);
  return named;
}

function baselineFiles(directory: string, suite: string): string[] {
  const prefix = baselineFileName(suite, '').replace(/\.jsonl$/, '');
  try {
    const names = readdirSync(directory).filter((name) => name.startsWith(prefix) && name.endsWith('.jsonl'));
    return names.sort().map((name) => path.join(directory, name));
  } catch {
    return [];
  }
}

/** Null for the baseline of another suite, one whose name begins alike. */
function baselineAnswers(file: string, shownAs: string, { suite }: SuiteWork): RecordedAnswers | null {
  const bytes = readFileSync(file);
  const [header = ''] = bytes.toString('utf8').split('\n', 1);
  const field = (name: string): unknown => {
    try {
      return Reflect.get(Object(JSON.parse(header)), name);
    } catch {
      return undefined;
    }
  };
  const model = field('model');
  if (field('suite') !== suite.suite.name || typeof model !== 'string') return null;
  const { baseline, problems } = parseBaseline(bytes, shownAs, suite.task, model);
  if (baseline === null) throw new InputError(problems);
  return answersOfBaseline(baseline);
}

function addAnswers(
  runs: Map<string, RecordedRun>,
  { model, prompt, shown, cases }: RecordedAnswers,
  { cases: today, suite }: SuiteWork,
): void {
  const given = today.flatMap(({ id, text }): [string, Label[]][] => {
    const recorded = cases.get(id);
    if (recorded === undefined || recorded.text !== text) return [];
    return [[id, recorded.answers.flatMap((answer) => usable(suite, answer))]];
  });
  addRun(runs, { model, prompt, sources: [shown], answers: new Map(given) });
}

/** Answers to the exact requests of each prompt, by the models that are to be looked up. */
function addStored(
  runs: Map<string, RecordedRun>,
  works: readonly SuiteWork[],
  models: readonly string[],
  store: Store,
): void {
  for (const { prompt, cases, suite } of works) {
    for (const model of models) {
      const kept = keyOfModel(model);
      if (kept === null) continue;
      const answers = new Map(
        cases.map(({ id, requestHash: request }): [string, Label[]] => {
          const given: Label[] = [];
          for (let repeat = 0; ; repeat += 1) {
            const answer = store.get({ request, model: kept, repeat });
            if (answer === null) return [id, given];
            given.push(...usable(suite, answer));
          }
        }),
      );
      addRun(runs, { model, prompt: prompt.sha256, sources: ['store'], answers });
    }
  }
}

/** What answers of a model are kept under; null for a name that no model of today can have. */
function keyOfModel(id: string): string | null {
  try {
    const choice = readModelChoice(id);
    return choice.kind === 'replay' ? null : keptUnder(replayModel(choice));
  } catch {
    return null;
  }
}

function addRun(runs: Map<string, RecordedRun>, run: RecordedRun): void {
  const key = `${run.model} ${run.prompt}`;
  const known = runs.get(key) ?? { ...run, sources: [], answers: new Map<string, Label[]>() };
  const before = known.answers.size;
  for (const [id, given] of run.answers)
    if (given.length > 0 && !known.answers.has(id)) known.answers.set(id, given);
  if (known.answers.size > before) known.sources.push(...run.sources);
  runs.set(key, known);
}

function usable({ task }: SuiteWork['suite'], answer: BaselineAnswer): Label[] {
  if (answer.status !== 'answered') return [];
  const read = parseAnswer(task, JSON.stringify(answer.label));
  return read.ok ? [read.label] : [];
}
