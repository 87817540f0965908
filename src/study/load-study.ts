import path from 'node:path';
import type { Problem } from '../errors/problem.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import { type Prompt, readPrompt } from '../prompt/load.ts';
import { fits, mendChoice, quote, type ValuePath, violationsOf } from '../schema/check.ts';
import type { Field } from '../schema/field.ts';
import { Study } from '../schema/study.ts';
import { type LoadedSuite, loadSuites } from '../suite/load.ts';
import { readText } from '../suite/source-text.ts';
import { readYaml } from '../suite/yaml.ts';
import { classesOf } from '../task/task.ts';

/** A suite that a study asks, with its prompt. */
interface StudySuite {
  suite: LoadedSuite;
  prompt: Prompt;
}

/** A study that has been checked: every name in it is that of a suite's field, label or window. */
export interface LoadedStudy {
  study: Study;
  /** By name. */
  suites: ReadonlyMap<string, StudySuite>;
}

export interface StudyFolders {
  root: string;
  suites: string;
  studies: string;
}

type Complain = (at: ValuePath, what: string, mend: string) => void;

/**
 * Reads `studies/<name>.yaml`, and the suites and prompts that it names. `study` is null where anything is wrong.
 *
 * @param shown how a path is shown to the user
 */
export function loadStudy(
  name: string,
  folders: StudyFolders,
  shown = (file: string) => file,
): { study: LoadedStudy | null; problems: Problem[] } {
  const file = path.join(folders.studies, `${name}.yaml`);
  const bytes = readFileBytes(file, shown(file));
  const source = bytes.value === null ? null : readText(bytes.value, shown(file));
  if (source === null || source.value === null)
    return { study: null, problems: source?.problems ?? bytes.problems };
  const { value: yaml, problems } = readYaml(source.value.text, shown(file));
  if (yaml === null) return { study: null, problems };
  const complain: Complain = (at, what, mend) => {
    problems.push({ file: shown(file), line: yaml.line(at), id: null, what, mend });
  };
  for (const { path: at, what, mend } of violationsOf(Study, yaml.value)) complain(at, what, mend);
  if (problems.length > 0 || !fits(Study, yaml.value)) return { study: null, problems };
  const study = yaml.value;
  if (study.name !== name) complain(['name'], `is not ${quote(name)}`, 'Give file and study one name');
  const named = [study.select, ...(study.rates ?? []), ...(study.shifts ?? [])].map(({ suite }) => suite);
  const read = loadSuites(folders.suites, [...new Set(named)], shown);
  problems.push(...read.problems);
  const byName = new Map(read.suites.map((suite) => [suite.suite.name, suite]));
  checkNames(study, byName, complain);
  const suites = new Map<string, StudySuite>();
  for (const suite of read.suites) {
    const promptFile = path.join(folders.root, suite.suite.prompt);
    const { value, problems: unreadable } = readFileBytes(promptFile, shown(promptFile));
    const { prompt, problems: faults } =
      value === null
        ? { prompt: null, problems: unreadable }
        : readPrompt(value, shown(promptFile), suite.task);
    problems.push(...faults);
    if (prompt !== null) suites.set(suite.suite.name, { suite, prompt });
  }
  return problems.length > 0 ? { study: null, problems } : { study: { study, suites }, problems };
}

/** That every field, label and window is one of the suite's, of the kind that its use needs. */
function checkNames(study: Study, suites: ReadonlyMap<string, LoadedSuite>, complain: Complain): void {
  const fieldOf = (at: ValuePath, suite: string, name: string, kind: Field['kind']): Field | null => {
    const fields = suites.get(suite)?.suite.fields;
    if (fields === undefined) return null;
    const field = fields[name];
    const known = Object.keys(fields).filter((each) => fields[each]?.kind === kind);
    if (field?.kind === kind) return field;
    const what = field === undefined ? 'is no field of the suite' : `is ${field.kind}, not ${kind}`;
    complain(at, `${quote(name)} ${what}`, mendChoice(name, known));
    return null;
  };
  const labelsIn = (at: ValuePath, names: readonly string[], field: Field | null) => {
    const known = field === null ? names : classesOf(field);
    for (const name of names) {
      if (!known.includes(name)) complain(at, `${quote(name)} is no label of it`, mendChoice(name, known));
    }
  };
  const { select, rates = [], shifts = [] } = study;
  if (suites.get(select.suite)?.task.windows)
    complain(['select', 'suite'], 'asks about windows', 'Select by a suite about whole conversations');
  const field = fieldOf(['select', 'field'], select.suite, select.field, 'nominal');
  labelsIn(['select', 'drop'], select.drop, field);
  labelsIn(['select', 'keep'], select.keep, field);
  labelsIn(['select', 'at_least'], Object.keys(select.at_least ?? {}), field);
  for (const label of select.drop.filter((each) => select.keep.includes(each)))
    complain(['select', 'drop'], `${quote(label)} is kept too`, 'Leave it out of one of the two');
  const topics =
    select.topics === undefined ? field : fieldOf(['select', 'topics'], select.suite, select.topics, 'set');
  labelsIn(['select', 'left_out_under'], Object.keys(select.left_out_under ?? {}), topics);
  for (const [index, rate] of rates.entries()) {
    fieldOf(['rates', index, 'field'], rate.suite, rate.field, 'binary');
    if (rate.reasons !== undefined) fieldOf(['rates', index, 'reasons'], rate.suite, rate.reasons, 'nominal');
  }
  for (const [index, shift] of shifts.entries()) {
    fieldOf(['shifts', index, 'field'], shift.suite, shift.field, 'ordinal');
    const windows = Object.keys(suites.get(shift.suite)?.task.windows ?? {});
    for (const end of ['from', 'to'] as const) {
      if (suites.has(shift.suite) && !windows.includes(shift[end]))
        complain(
          ['shifts', index, end],
          `${quote(shift[end])} is no window of the suite`,
          mendChoice(shift[end], windows),
        );
    }
  }
}
