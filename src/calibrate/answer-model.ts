import { NO_USAGE } from '../model/model.ts';
import type { Field } from '../schema/field.ts';
import type { Answer, CaseRecord, Label, RunRecord } from '../schema/run-record.ts';
import type { Scorer } from '../score/scorer.ts';
import { scorerOf } from '../score/scorer-of.ts';
import { fieldAgrees, usableLabel } from '../task/agree.ts';
import { classesOf, fieldValue, isDerived } from '../task/task.ts';

/** What a simulation starts from: cases with the answers that a real run gave. */
export type CalibratedRun = Pick<RunRecord, 'suite' | 'cases' | 'repeats'>;

/** An answer that a case may be given. */
export interface PossibleAnswer {
  answer: Answer;
  /** In the headline's field; a field that rightly does not apply is right. */
  right: boolean;
  /** What it adds to the cells of the headline's scorer; null where it does not count. */
  additions: readonly (readonly [cell: number, value: number])[] | null;
}

/** How one case is answered, over and over: as it was, or by chance otherwise. */
export interface CaseModel {
  record: CaseRecord;
  /** The run's answer; the most frequent one where it was asked several times. */
  usual: PossibleAnswer;
  /** Equally likely: what the run said of cases of the same expected value, and not of this one. */
  others: readonly PossibleAnswer[];
  /** Equally likely: what the run said, wrongly, of cases of the same expected value. */
  wrong: readonly PossibleAnswer[];
}

/** A run as a distribution of answers, from which runs can be drawn that are alike but for chance. */
export interface AnswerModel {
  suite: RunRecord['suite'];
  repeats: number;
  /** Of the headline's field. */
  scorer: Scorer;
  /** Where the headline stands in the scorer's metrics. */
  headline: number;
  better: 'higher' | 'lower';
  cases: readonly CaseModel[];
}

/**
 * Learns from a run what else its cases might have been answered: from the rows of its own confusion matrix,
 * whole answers at a time, so that fields that go together stay together. Where a row has no other answer, any
 * other value of the field is as likely as the next.
 *
 * @throws Error where the headline is no metric of the suite; suites are checked when they are read
 */
export function answerModel({ suite, cases, repeats }: CalibratedRun): AnswerModel {
  const [name = '', ...rest] = suite.headline.split('.');
  const field = suite.fields[name];
  if (field === undefined) throw new Error(`no field ${name}`);
  const scorer = scorerOf(field);
  const headline = scorer.metrics.findIndex((metric) => metric.name === rest.join('.'));
  const better = scorer.metrics[headline]?.better;
  if (better === undefined) throw new Error(`no metric ${suite.headline}`);

  const said = (answer: Answer) => {
    const label = usableLabel(answer);
    return label === null ? answer.status : JSON.stringify([fieldValue(suite, name, label)]);
  };
  const rows = new Map<string, { value: string; possible: PossibleAnswer }[]>();
  const usual = cases.map((record) => {
    const row = JSON.stringify(fieldValue(suite, name, record.expected));
    const answer = mostFrequent(record.answers, said);
    const possible = possibleAnswer(suite, name, scorer, record.expected, answer);
    const known = { value: said(answer), possible };
    rows.set(row, [...(rows.get(row) ?? []), known]);
    return { record, row, ...known };
  });

  const choices = new Map<string, Pick<CaseModel, 'others' | 'wrong'>>();
  const choicesOf = ({ record, row, value, possible }: (typeof usual)[number]) => {
    const key = `${row} ${value}`;
    const known = choices.get(key);
    if (known !== undefined) return known;
    const seen = rows.get(row) ?? [];
    const base = usableLabel(possible.answer) ?? record.expected;
    const conceivable = labelsSaying(suite.fields, name, base).map((label) => {
      const answer: Answer = { ...NOTHING, status: 'answered', label };
      return {
        value: said(answer),
        possible: possibleAnswer(suite, name, scorer, record.expected, answer),
      };
    });
    const other = (each: (typeof conceivable)[number]) => each.value !== value;
    const isWrong = (each: (typeof conceivable)[number]) => !each.possible.right;
    const found = {
      others: (seen.some(other) ? seen : conceivable).filter(other).map((each) => each.possible),
      wrong: (seen.some(isWrong) ? seen : conceivable).filter(isWrong).map((each) => each.possible),
    };
    choices.set(key, found);
    return found;
  };
  return {
    suite,
    repeats,
    scorer,
    headline,
    better,
    cases: usual.map((each) => ({ record: each.record, usual: each.possible, ...choicesOf(each) })),
  };
}

const NOTHING = { raw: '', usage: NO_USAGE, latency_ms: 0 };

function possibleAnswer(
  suite: RunRecord['suite'],
  field: string,
  scorer: Scorer,
  expected: Label,
  answer: Answer,
): PossibleAnswer {
  const label = usableLabel(answer);
  return {
    answer,
    right: fieldAgrees(suite, field, expected, label) ?? true,
    additions: scorer.additions(
      fieldValue(suite, field, expected),
      label === null ? undefined : fieldValue(suite, field, label),
    ),
  };
}

function mostFrequent(answers: readonly Answer[], said: (answer: Answer) => string): Answer {
  const counts = new Map<string, { answer: Answer; count: number }>();
  for (const answer of answers) {
    const known = counts.get(said(answer));
    if (known === undefined) counts.set(said(answer), { answer, count: 1 });
    else known.count++;
  }
  const [first, ...others] = counts.values();
  if (first === undefined) throw new Error('a case without an answer');
  return others.reduce((best, each) => (each.count > best.count ? each : best), first).answer;
}

/** A label for every value that a field can have, all else as in `base`. */
function labelsSaying(fields: RunRecord['suite']['fields'], name: string, base: Label): Label[] {
  const field: Field | undefined = fields[name];
  if (field === undefined) return [];
  if (isDerived(field)) return labelsSaying(fields, field.from, base);
  switch (field.kind) {
    case 'binary':
      return [false, true].map((value) => ({ ...base, [name]: value }));
    case 'set':
      return [[], ...field.labels.map((label) => [label])].map((value) => ({ ...base, [name]: value }));
    case 'ordinal':
      return classesOf(field).map((value) => ({ ...base, [name]: value }));
    case 'nominal': {
      const holds = field.only_where === undefined ? {} : { [field.only_where]: true };
      return field.labels.map((value) => ({ ...base, ...holds, [name]: value }));
    }
  }
}
