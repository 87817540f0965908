import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { recordText } from '../record/record-files.ts';
import { isWholeRun } from '../record/whole-run.ts';
import { checkAgainst, fits, quote } from '../schema/check.ts';
import { CaseId, HANDOVER_VERSION, Handover, RunFile } from '../schema/handover.ts';
import { type Answer, RUN_RECORD_VERSION, RunRecord } from '../schema/run-record.ts';

/** What a check knows of itself; the rest of a handover follows from its run records. */
export type HandoverOrigin = Omit<Handover, 'touchstone' | 'version' | 'runs'>;

const FILE = 'handover.json';
/** 64 runs take some 8 KB. */
const MOST_BYTES = 65_536;
/** Some 30,000 cases. A value can take many times the memory of the JSON that is made to swell. */
const MOST_RECORD_BYTES = 16 * 1024 * 1024;
const MOST_CASES = 100_000;
const PROBLEMS_SHOWN = 20;

/**
 * Writes `handover.json` and `runs/<suite>.json` into a folder, in place of what an earlier check left there. The
 * model's own text and reasons are left out, as they may repeat a conversation's.
 */
export function writeHandover(folder: string, origin: HandoverOrigin, runs: readonly RunRecord[]): void {
  const { repository, pull_request, commit, base, run_id, model, conclusion } = origin;
  const bySuite = runs.toSorted((a, b) => (a.suite.name < b.suite.name ? -1 : 1)).map(withoutText);
  const handover: Handover = {
    ...{ touchstone: 'handover', version: HANDOVER_VERSION },
    ...{ repository, pull_request, commit, base, run_id, model, conclusion },
    runs: bySuite.map(({ suite }) => ({ suite: suite.name, file: runFile(suite.name) })),
  };
  rmSync(path.join(folder, 'runs'), { recursive: true, force: true });
  mkdirSync(path.join(folder, 'runs'), { recursive: true });
  writeFileSync(path.join(folder, FILE), `${JSON.stringify(handover)}\n`);
  for (const run of bySuite) writeFileSync(path.join(folder, runFile(run.suite.name)), recordText(run));
}

/**
 * Reads the files of a handover that nobody vouches for. What it gives has the right shape and agrees with itself and
 * with `expected`; whether it is true, only the answers' own sources can tell (`verifyAnswers`), and its conclusion is
 * not to be believed at all.
 *
 * @param expected what is known from elsewhere: where the handover says otherwise, it is refused
 * @throws InputError with every problem; text from the files is shown in it only escaped and cut
 */
export function readHandover(
  files: ReadonlyMap<string, Buffer>,
  expected: Partial<HandoverOrigin> = {},
): { handover: Handover; runs: RunRecord[] } {
  const { value: handover, problems } = readOrigin(files.get(FILE));
  const runs: RunRecord[] = [];
  for (const [file, bytes] of files) {
    if (!fits(RunFile, file)) continue;
    const read = readRun(bytes, file);
    problems.push(...read.problems);
    if (read.value !== null) runs.push(withoutText(read.value));
    if (read.value !== null && handover !== null) problems.push(...mismatches(read.value, file, handover));
  }
  const cases = runs.reduce((sum, run) => sum + run.cases.length, 0);
  if (cases > MOST_CASES) problems.push(problemOf(FILE, `has ${cases} cases, more than ${MOST_CASES}`));
  if (handover !== null) {
    problems.push(...wrongFiles(handover, files), ...unexpected(handover, expected));
    if (problems.length === 0) return { handover, runs: inOrder(runs, handover) };
  }
  throw new InputError(problems);
}

function runFile(suite: string): string {
  return `runs/${suite}.json`;
}

function withoutText(run: RunRecord): RunRecord {
  const strip = (answer: Answer): Answer =>
    answer.status === 'answered'
      ? { ...answer, raw: '' }
      : { ...answer, raw: '', reason: 'the reason was not handed over' };
  return { ...run, cases: run.cases.map((each) => ({ ...each, answers: each.answers.map(strip) })) };
}

function readOrigin(bytes: Buffer | undefined): { value: Handover | null; problems: Problem[] } {
  const refuse = (what: string) => ({ value: null, problems: [problemOf(FILE, what)] });
  if (bytes === undefined) return refuse('is missing');
  if (bytes.length > MOST_BYTES) return refuse(tooLong(bytes, MOST_BYTES));
  const content = parse(bytes);
  if (content === undefined) return refuse('is not JSON in UTF-8');
  if (isNewer(content, HANDOVER_VERSION)) return refuse(`is newer than version ${HANDOVER_VERSION}`);
  const { value, problems } = checkAgainst(Handover, content, FILE);
  return { value, problems: problems.slice(0, PROBLEMS_SHOWN) };
}

/** Stops at the first fault: a hostile record of many megabytes could have millions of them. */
const strict = new Ajv2020({ validateSchema: false, meta: false, code: { optimize: false } });

function readRun(bytes: Buffer, file: string): { value: RunRecord | null; problems: Problem[] } {
  const refuse = (what: string) => ({ value: null, problems: [problemOf(file, what)] });
  if (bytes.length > MOST_RECORD_BYTES) return refuse(tooLong(bytes, MOST_RECORD_BYTES));
  const content = parse(bytes);
  if (content === undefined) return refuse('is not JSON in UTF-8');
  if (isNewer(content, RUN_RECORD_VERSION)) return refuse(`is newer than version ${RUN_RECORD_VERSION}`);
  const isRunRecord = strict.compile<RunRecord>(RunRecord);
  if (!isRunRecord(content)) {
    const { instancePath, message = 'is wrong' } = isRunRecord.errors?.[0] ?? { instancePath: '' };
    return refuse(`is no run record: ${quote(instancePath)} ${message}`);
  }
  const nameless = content.cases.find(({ id }) => !fits(CaseId, id));
  if (nameless !== undefined) return refuse(`has a case ${quote(nameless.id)}, which can be no case's id`);
  return { value: content, problems: [] };
}

function tooLong(bytes: Buffer, most: number): string {
  return `has ${bytes.length} bytes, more than ${most}`;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function isNewer(content: unknown, version: number): boolean {
  const given: unknown =
    typeof content === 'object' && content !== null ? Reflect.get(content, 'version') : null;
  return typeof given === 'number' && given > version;
}

function mismatches(run: RunRecord, file: string, { model, commit }: Handover): Problem[] {
  const of = (what: string, given: string | null, meant: string) =>
    given === meant ? [] : [problemOf(file, `is of ${what} ${quote(given)}, not of ${quote(meant)}`)];
  return [
    ...(isWholeRun(run) ? [] : [problemOf(file, 'is of a run that did not ask every case of its suite')]),
    ...of('suite', run.suite.name, path.posix.basename(file, '.json')),
    ...of('model', run.model, model),
    ...of('commit', run.git?.commit ?? null, commit),
  ];
}

function wrongFiles({ runs }: Handover, files: ReadonlyMap<string, Buffer>): Problem[] {
  const named = new Set(runs.map(({ file }) => file));
  const problems = runs
    .filter(({ suite, file }) => file !== runFile(suite))
    .map(({ suite, file }) => problemOf(FILE, `names ${quote(file)} as the record of suite ${quote(suite)}`));
  if (named.size < runs.length) problems.push(problemOf(FILE, 'names a run record twice'));
  for (const file of named) {
    if (!files.has(file)) problems.push(problemOf(FILE, `names ${quote(file)}, which is not there`));
  }
  for (const file of files.keys()) {
    if (file !== FILE && !named.has(file)) problems.push(problemOf(FILE, `does not name ${quote(file)}`));
  }
  return problems;
}

function unexpected(handover: Handover, expected: Partial<HandoverOrigin>): Problem[] {
  const given: Readonly<Record<string, unknown>> = handover;
  return Object.entries(expected)
    .filter(([name, value]) => value !== undefined && given[name] !== value)
    .map(([name, value]) => problemOf(FILE, `says ${name} ${quote(given[name])}, not ${quote(value)}`));
}

/** As `handover.json` lists them, whatever the order in the archive. */
function inOrder(runs: readonly RunRecord[], handover: Handover): RunRecord[] {
  return handover.runs.flatMap(({ suite }) => runs.filter((run) => run.suite.name === suite));
}

function problemOf(file: string, what: string): Problem {
  return { file, line: null, id: null, what, mend: 'Run the check again' };
}
