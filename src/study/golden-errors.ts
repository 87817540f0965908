import { readBaseline } from '../baseline/load.ts';
import type { Problem } from '../errors/problem.ts';
import { type ConversationsRead, readConversations, readGoldens } from '../goldens/load.ts';
import type { Project } from '../project/project.ts';
import { suiteOfRecord } from '../record/build-record.ts';
import { compareToday } from '../review/compare-today.ts';
import { answersOfBaseline } from '../review/recorded-answers.ts';
import type { Conversation } from '../schema/conversation.ts';
import type { CaseRecord, Label } from '../schema/run-record.ts';
import type { Study } from '../schema/study.ts';
import type { StudyRecord } from '../schema/study-record.ts';
import type { Labelled } from '../statistics/prevalence.ts';
import { type MeanShift, shiftBootstrap } from '../statistics/shift-bootstrap.ts';
import { loadSuites } from '../suite/load.ts';
import { fieldValue, type Task } from '../task/task.ts';
import { countHuman } from './funnel.ts';
import { judgedConversation } from './judged-conversation.ts';
import { topicsOf } from './results/label-order.ts';
import { figureName } from './results/result-views.ts';
import { suitesOf } from './suites-of.ts';
import { tallyErrors } from './tally-errors.ts';

/** How the study's prompts and model did on the goldens, by today's labels; unusable answers are left out. */
export interface GoldenErrors {
  /** Null where nothing is known of the selecting suite. */
  kept: Labelled | null;
  /** By topic; empty where `kept` is null. */
  topics: Readonly<Record<string, Labelled>>;
  /** By `<suite>.<field>`, over goldens that the model kept. Not by topic: cells would be too thin. */
  rates: Readonly<Record<string, Labelled>>;
  /** By `<suite>.<field>`, over the same: the mean of the shift that was read minus the one that was labelled. */
  shifts: Readonly<Record<string, Pick<MeanShift, 'conversations' | 'shift' | 'interval'>>>;
}

/** A suite's answers on the goldens, beside their labels of today. */
interface GoldenAnswers {
  task: Task;
  conversations: ReadonlyMap<string, Conversation>;
  cases: readonly CaseRecord[];
}

/**
 * What the goldens tell of a study's errors. For each suite the accepted run of the study's model is taken, where it
 * is of the prompt that the study asked with.
 *
 * @param shown how a path is shown to the user
 * @returns `errors` is null where nothing is known of any suite; `cautions` say of which and why, in sentences
 */
export function readGoldenErrors(
  record: Pick<StudyRecord, 'study' | 'model' | 'prompts'>,
  project: Project,
  shown: (file: string) => string,
): { errors: GoldenErrors | null; cautions: string[]; problems: Problem[] } {
  const { suites, problems } = loadSuites(project.suites, suitesOf(record.study), shown);
  const cautions: string[] = [];
  const answers = new Map<string, GoldenAnswers>();
  let shared: ConversationsRead | null = null;
  for (const suite of suites) {
    const { name } = suite.suite;
    const { baseline, problems: faults } = readBaseline(project.baselines, suite.task, record.model, shown);
    problems.push(...faults);
    if (baseline === null || baseline.header.prompt !== record.prompts[name]?.sha256) {
      const why =
        baseline === null ? 'no run of this model was accepted' : 'the accepted run is of another prompt';
      cautions.push(`Nothing is known from goldens of the errors of ${name}: ${why}.`);
      continue;
    }
    if (shared === null) {
      shared = readConversations(project.goldens, shown);
      problems.push(...shared.problems);
    }
    const read = readGoldens(project.goldens, suite.task, suite.labels, { conversations: shared, shown });
    problems.push(...read.problems);
    if (read.goldens === null) continue;
    const recorded = answersOfBaseline(baseline);
    const { pairs } = compareToday(suiteOfRecord(suite), read.goldens, recorded, recorded).comparison;
    const { conversations } = read.goldens;
    answers.set(name, { task: suite.task, conversations, cases: pairs.map(({ now }) => now) });
  }
  return { errors: answers.size === 0 ? null : errorsOf(record.study, answers), cautions, problems };
}

type Answers = ReadonlyMap<string, GoldenAnswers>;

function errorsOf(study: Study, answers: Answers): GoldenErrors {
  const selecting = answers.get(study.select.suite);
  if (selecting === undefined) {
    const isAsked = () => true;
    return {
      ...{ kept: null, topics: {} },
      ...{ rates: rateErrors(study, answers, isAsked), shifts: shiftErrors(study, answers, isAsked) },
    };
  }
  const judged = selecting.cases.flatMap((each) => {
    const given = answerOf(each);
    const messages = selecting.conversations.get(each.conversation)?.messages ?? [];
    const judge = (label: Label) => judgedConversation(study, label, countHuman(messages));
    if (given === null) return [];
    return [{ id: each.conversation, truth: judge(each.expected), said: judge(given) }];
  });
  const found = new Set(judged.filter(({ said }) => said.kept).map(({ id }) => id));
  const isAsked = ({ conversation }: CaseRecord) => found.has(conversation);
  return {
    kept: tallyErrors(judged, ({ truth, said }) => [truth.kept, said.kept]),
    topics: Object.fromEntries(
      topicsOf(study, [selecting.task]).map((topic) => [
        topic,
        tallyErrors(judged, ({ truth, said }) => [truth.topics.includes(topic), said.topics.includes(topic)]),
      ]),
    ),
    rates: rateErrors(study, answers, isAsked),
    shifts: shiftErrors(study, answers, isAsked),
  };
}

/** @param isAsked whether the study would have asked about the conversation */
function rateErrors(
  { rates = [] }: Study,
  answers: Answers,
  isAsked: (each: CaseRecord) => boolean,
): GoldenErrors['rates'] {
  const found = rates.flatMap((rate) => {
    const of = answers.get(rate.suite);
    if (of === undefined) return [];
    const isTrue = (label: Label) => fieldValue(of.task, rate.field, label) === true;
    const pairs = of.cases.filter(isAsked).flatMap((each): [boolean, boolean][] => {
      const given = answerOf(each);
      return given === null ? [] : [[isTrue(each.expected), isTrue(given)]];
    });
    return [[figureName(rate), tallyErrors(pairs, (pair) => pair)] as const];
  });
  return Object.fromEntries(found);
}

function shiftErrors(
  { shifts = [] }: Study,
  answers: Answers,
  isAsked: (each: CaseRecord) => boolean,
): GoldenErrors['shifts'] {
  const found = shifts.flatMap((shift) => {
    const of = answers.get(shift.suite);
    const scale = of?.task.fields[shift.field];
    if (of === undefined || scale?.kind !== 'ordinal') return [];
    const levelValue = (label: Label) => scale.levels[String(label[shift.field])] ?? Number.NaN;
    const starts = new Map(
      of.cases.filter(({ window }) => window === shift.from).map((each) => [each.conversation, each]),
    );
    const ends = of.cases.filter((each) => each.window === shift.to && isAsked(each));
    const pairs = ends.flatMap((end) => {
      const start = starts.get(end.conversation);
      const [before, after] = [start === undefined ? null : answerOf(start), answerOf(end)];
      if (start === undefined || before === null || after === null) return [];
      const labelled = levelValue(end.expected) - levelValue(start.expected);
      return [{ opening: labelled, closing: levelValue(after) - levelValue(before), conversations: 1 }];
    });
    // The error of a shift is itself a difference of two values.
    const error = shiftBootstrap(pairs, { seed: 1 });
    if (error === null) return [];
    const { conversations, shift: mean, interval } = error;
    return [[figureName(shift), { conversations, shift: mean, interval }] as const];
  });
  return Object.fromEntries(found);
}

/** The first of several, since a study asks once; null where it cannot be used. */
function answerOf({ answers: [first] }: CaseRecord): Label | null {
  return first?.status === 'answered' ? first.label : null;
}
