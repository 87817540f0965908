import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../errors/problem.ts';
import { readJsonLines } from '../goldens/jsonl.ts';
import { BASELINE_VERSION, BaselineCase, BaselineHeader } from '../schema/baseline.ts';
import { checkAgainst } from '../schema/check.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { parseAnswer } from '../task/parse-answer.ts';
import type { Task } from '../task/task.ts';
import { type Baseline, baselineFileName, baselineText } from './baseline.ts';

/** Reads the baseline of a suite and model; null where none was accepted yet. */
export function readBaseline(
  directory: string,
  task: Task,
  model: string,
  showPath: (file: string) => string,
): { baseline: Baseline | null; problems: Problem[] } {
  const file = path.join(directory, baselineFileName(task.name, model));
  if (!existsSync(file)) return { baseline: null, problems: [] };
  return parseBaseline(readFileSync(file), showPath(file), task, model);
}

/** Reads a baseline's bytes and checks that it is one of this task and this model. */
export function parseBaseline(
  bytes: Uint8Array,
  shownAs: string,
  task: Task,
  model: string,
): { baseline: Baseline | null; problems: Problem[] } {
  const { value: lines, problems } = readJsonLines(bytes, shownAs);
  const [first, ...rest] = lines;
  const refuse = (line: number | null, what: string, id: string | null = null): Problem => ({
    file: shownAs,
    line,
    id,
    what,
    mend: `Restore the file from git, or make it anew with touchstone accept ${task.name}`,
  });
  if (first === undefined) return { baseline: null, problems: [...problems, refuse(null, 'is empty')] };
  const version: unknown =
    typeof first.value === 'object' && first.value !== null ? Reflect.get(first.value, 'version') : null;
  if (typeof version === 'number' && version > BASELINE_VERSION) {
    const newer = {
      ...refuse(first.line, `is of version ${version}, newer than version ${BASELINE_VERSION}`),
      mend: 'Update touchstone',
    };
    return { baseline: null, problems: [...problems, newer] };
  }
  const header = checkAgainst(BaselineHeader, first.value, shownAs);
  problems.push(...header.problems.map((problem) => ({ ...problem, line: first.line })));
  if (header.value === null) return { baseline: null, problems };
  if (header.value.suite !== task.name)
    problems.push(
      refuse(first.line, `is the baseline of suite "${header.value.suite}", not of "${task.name}"`),
    );
  if (header.value.model !== model)
    problems.push(refuse(first.line, `is the baseline of model "${header.value.model}", not of "${model}"`));
  if (JSON.stringify(header.value.fields) !== JSON.stringify(task.fields)) {
    problems.push(refuse(first.line, 'was accepted when the suite had other fields'));
  }
  const cases = new Map<string, BaselineCase>();
  for (const { line, value } of rest) {
    const { value: accepted, problems: found } = checkAgainst(BaselineCase, value, shownAs);
    problems.push(...found.map((problem) => ({ ...problem, line })));
    if (accepted === null) continue;
    const read = accepted.answers.map((answer) =>
      'label' in answer ? parseAnswer(task, JSON.stringify(answer.label)) : null,
    );
    const illegal = read.find((answer) => answer?.ok === false);
    if (illegal?.ok === false) problems.push(refuse(line, illegal.reason, accepted.id));
    if (cases.has(accepted.id)) problems.push(refuse(line, 'has this case twice', accepted.id));
    cases.set(accepted.id, accepted);
  }
  if (problems.length === 0 && cases.size !== header.value.cases) {
    problems.push(refuse(null, `has ${cases.size} of its ${header.value.cases} cases`));
  }
  return problems.length > 0
    ? { baseline: null, problems }
    : { baseline: { path: shownAs, header: header.value, cases }, problems };
}

/** Writes the baseline that accepting `run` makes, whole or not at all; says whether a byte changed. */
export function writeBaseline(directory: string, run: RunRecord): { file: string; changed: boolean } {
  const file = path.join(directory, baselineFileName(run.suite.name, run.model));
  const text = baselineText(run);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return { file, changed: false };
  mkdirSync(directory, { recursive: true });
  const unfinished = `${file}.${process.pid}.part`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
  return { file, changed: true };
}
