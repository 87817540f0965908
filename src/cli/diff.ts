import path from 'node:path';
import { EXIT, InputError } from '../errors/errors.ts';
import { readConversations, readGoldens } from '../goldens/load.ts';
import { findProject } from '../project/project.ts';
import { modelIdFrom } from '../project/recorded-models.ts';
import { suiteOfRecord } from '../record/build-record.ts';
import { hungLine } from '../report/terminal/hanging-line.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { compareToday } from '../review/compare-today.ts';
import { diffAnswers, type FieldDiff } from '../review/diff-answers.ts';
import {
  type AnswersChoice,
  type AnswersPlace,
  findAnswers,
  modelOfChoice,
  readAnswersChoice,
} from '../review/find-answers.ts';
import type { RecordedAnswers } from '../review/recorded-answers.ts';
import { plural, showChange, showMetric } from '../score/metric-text.ts';
import { type LoadedSuite, loadSuites } from '../suite/load.ts';
import type { Terminal } from './terminal.ts';

export interface DiffOptions {
  /** Whose baseline, where neither side names a model. */
  model: string;
  goldens?: string;
  /** One line of JSON a suite. */
  json?: boolean;
}

/**
 * `touchstone diff [A] [B]`: what changed from A to B, in every suite that both have answers of. Each is the path of a
 * run record, `baseline`, `last`, `model:<id>` or `ref:<git ref>`; undefined means `baseline` and `last`. Only cases
 * that both have with today's text count, and today's labels. Gives 0 whatever it finds.
 *
 * @throws InputError where a side is none of these, or no suite has answers on both sides
 */
export function diffCommand(
  a: string | undefined,
  b: string | undefined,
  options: DiffOptions,
  terminal: Terminal,
): number {
  const project = findProject(terminal.cwd);
  const place = { project, cwd: terminal.cwd };
  const names = { before: a ?? 'baseline', now: b ?? 'last' };
  const choices = {
    before: readAnswersChoice(names.before, place),
    now: readAnswersChoice(names.now, place),
  };
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const { suites, problems } = loadSuites(project.suites, suitesOf(choices), shown);
  const fallback = modelIdFrom(options.model, project);
  if (problems.length > 0) throw new InputError(problems);
  const found = suites.flatMap((suite) => {
    const sides = answersOf(choices, suite, fallback, place);
    return sides === null ? [] : [{ suite, ...sides }];
  });
  if (found.length === 0) refuseNothing(names);

  const directory = path.resolve(terminal.cwd, options.goldens ?? project.goldens);
  const conversations = readConversations(directory, shown);
  const read = found.map(({ suite, before, now }) => ({
    ...{ suite, before, now },
    ...readGoldens(directory, suite.task, suite.labels, { conversations, shown }),
  }));
  const wrong = [
    ...conversations.problems,
    ...read.flatMap((each) => [...each.problems, ...otherFields(each.suite, [each.before, each.now])]),
  ];
  if (wrong.length > 0) throw new InputError(wrong);
  for (const { suite, goldens, before, now } of read) {
    if (goldens === null) continue;
    const compared = compareToday(suiteOfRecord(suite), goldens, before, now);
    const cases = compared.comparison.pairs.length;
    const diff = { before, now, cases, leftOut: compared.leftOut, fields: diffAnswers(compared) };
    terminal.out(options.json === true ? jsonLine(diff) : renderDiff(diff, terminal));
  }
  return EXIT.held;
}

interface Sides<T> {
  before: T;
  now: T;
}

interface SuiteDiff extends Sides<RecordedAnswers> {
  cases: number;
  leftOut: number;
  fields: FieldDiff[];
}

/** A run record is of one suite; everything else is of all. */
function suitesOf({ before, now }: Sides<AnswersChoice>): string[] {
  const named = [before, now].flatMap((choice) => (choice.kind === 'record' ? [choice.run.suite.name] : []));
  return [...new Set(named)];
}

function answersOf(
  choices: Sides<AnswersChoice>,
  suite: LoadedSuite,
  fallback: string,
  place: AnswersPlace,
): Sides<RecordedAnswers> | null {
  const { name } = suite.suite;
  const models = {
    before: modelOfChoice(choices.before, name, place),
    now: modelOfChoice(choices.now, name, place),
  };
  const before = findAnswers(choices.before, suite, models.now ?? fallback, place);
  const now = findAnswers(choices.now, suite, models.before ?? fallback, place);
  return before === null || now === null ? null : { before, now };
}

function otherFields(suite: LoadedSuite, sides: readonly RecordedAnswers[]) {
  return sides
    .filter(({ fields }) => JSON.stringify(fields) !== JSON.stringify(suite.suite.fields))
    .map(({ shown }) => ({
      ...{ file: shown, line: null, id: null, what: `suite ${suite.suite.name} had other fields then` },
      mend: 'Compare with a run of the suite as it is today',
    }));
}

function refuseNothing({ before, now }: Sides<string>): never {
  const what = 'no suite has answers on both sides';
  const mend =
    'Type touchstone run, or name other sides: a run record, baseline, last, model:<id>, ref:<git ref>';
  throw new InputError([{ file: `diff ${before} ${now}`, line: null, id: null, what, mend }]);
}

function jsonLine({ before, now, cases, leftOut, fields }: SuiteDiff): string {
  const side = ({ shown, model, prompt }: RecordedAnswers) => ({ shown, model, prompt });
  return `${JSON.stringify({
    ...{ touchstone: 'diff', version: 1, suite: now.suite, before: side(before), now: side(now), cases },
    ...{
      left_out: leftOut,
      fields: fields.map(({ otherChanges, ...rest }) => ({ ...rest, other_changes: otherChanges })),
    },
  })}\n`;
}

function renderDiff(
  { before, now, cases, leftOut, fields }: SuiteDiff,
  { chalk, columns }: Terminal,
): string {
  const side = ({ shown, model, prompt }: RecordedAnswers) =>
    `${safeText(shown)} (${safeText(model)}, prompt ${prompt.slice(0, 8)})`;
  const apart = leftOut === 0 ? '' : `, ${leftOut} left out: not in both with today's text and a label`;
  const lines = [
    `${chalk.bold.underline(now.suite)}  ${plural(cases, 'case')}${apart}`,
    chalk.dim(`from ${side(before)}`),
    chalk.dim(`to   ${side(now)}`),
  ];
  for (const { field, metrics, flips, otherChanges } of fields) {
    const broken = flips.filter(({ change }) => change === 'broken').length;
    const others = otherChanges === 0 ? '' : `, ${otherChanges} changed otherwise`;
    const changes = metrics.map(({ metric, before: was, now: is }) => {
      const change = showChange(metric, was, is);
      return `${metric} ${showMetric(metric, was)} -> ${showMetric(metric, is)}${change === '' ? '' : ` (${change})`}`;
    });
    lines.push(`${chalk.bold(field)}  ${broken} broken, ${flips.length - broken} fixed${others}`);
    lines.push(hungLine(`  ${changes.join(', ')}`, columns));
    for (const flip of flips) {
      const paint = flip.change === 'broken' ? chalk.hex('#d98324') : chalk.hex('#4a90d9');
      const text = `expected ${flip.expected}, was ${flip.before}, now ${flip.now}`;
      lines.push(
        hungLine(`    ${paint(flip.change.padEnd(6))} ${safeText(flip.id)}  ${safeText(text)}`, columns),
      );
    }
  }
  return `${lines.join('\n')}\n\n`;
}
