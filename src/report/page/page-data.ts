import type { Flip } from '../../compare/flips.ts';
import { windowMessages } from '../../goldens/window.ts';
import type { Assessment } from '../../judge/assess.ts';
import type { Answer, CaseRecord, Value } from '../../schema/run-record.ts';
import { shareRight, usableLabel } from '../../task/agree.ts';
import { classesOf, fieldValue, type Task } from '../../task/task.ts';
import { type Doubts, doubtsOf, labelKey } from './doubts.ts';
import type { PageInput, PageSuite } from './page-input.ts';

/** What the page's script works on: plain JSON, embedded once. Lists by field are in the order of `fields`. */
export interface PageData {
  suites: SuiteData[];
  conversations: ConversationData[];
}

export interface ConversationData {
  id: string;
  family: string;
  messages: { role: string; content: string }[];
}

export interface SuiteData {
  /** `affective`, or `affective, embedded` where several models are on the page. */
  name: string;
  model: string;
  fields: FieldData[];
  cases: CaseData[];
}

export interface FieldData {
  name: string;
  /** What may be expected or given, as the matrices name it; of a set `has coaching`, `lacks coaching`. */
  classes: string[];
  isSet: boolean;
}

export interface AnswerData {
  status: string;
  reason: string;
  /** By field; null where there is no usable answer. */
  values: Value[] | null;
  raw: string;
}

export interface CaseData {
  id: string;
  conversation: string;
  window: string | null;
  lang: string;
  tags: string[];
  expected: Value[];
  now: AnswerData[];
  /** Null where the baseline does not have the case. */
  before: AnswerData[] | null;
  /** By field. */
  changes: (Flip['change'] | null)[];
  /** By field; null where it does not apply. */
  right: (boolean | null)[];
  /** By field: whether the annotators' votes differ. */
  split: boolean[];
  /** By field: whether every answer is one and the same, and not the label. */
  against: boolean[];
  /** Indexes of the messages in the window; empty where the case is the whole conversation. */
  marked: number[];
  votes: { by: string; values: Value[]; unsure: boolean }[];
  note: string | null;
}

/** Everything that the page's script shows. */
export function pageData(input: PageInput): PageData {
  const conversations = new Map<string, ConversationData>();
  for (const { goldens, assessment } of input.suites) {
    for (const { conversation: id } of assessment.run.cases) {
      const found = goldens?.conversations.get(id);
      if (found !== undefined && !conversations.has(id))
        conversations.set(id, { id, family: found.family, messages: found.messages });
    }
  }
  const doubts = doubtsOf(input.suites);
  return {
    suites: input.suites.map((suite) => suiteData(suite, suiteTitle(input, suite.assessment), doubts)),
    conversations: [...conversations.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** A suite's name, with its model where the page has several. */
export function suiteTitle(input: PageInput, { run }: Assessment): string {
  const models = new Set(input.suites.map((each) => each.assessment.run.model));
  return models.size === 1 ? run.suite.name : `${run.suite.name}, ${run.model}`;
}

function suiteData({ assessment, goldens }: PageSuite, name: string, doubts: Doubts): SuiteData {
  const { run, comparison } = assessment;
  const fields = Object.keys(run.suite.fields);
  const before = new Map(comparison?.pairs.map((pair) => [pair.now.id, pair.before]));
  const changes = fields.map(
    (field) => new Map(comparison?.flips[field]?.map((flip) => [flip.id, flip.change])),
  );
  const withText = goldens !== null;
  const labels = new Map(goldens?.labels.map((label) => [labelKey(label.id, label.window), label]));
  return {
    name,
    model: run.model,
    fields: Object.entries(run.suite.fields).map(([field, schema]) => ({
      name: field,
      classes:
        schema.kind === 'set'
          ? schema.labels.flatMap((label) => [`has ${label}`, `lacks ${label}`])
          : [...classesOf(schema), ...(schema.kind === 'nominal' && schema.only_where ? ['none'] : [])],
      isSet: schema.kind === 'set',
    })),
    cases: run.cases.map((subject): CaseData => {
      const golden = labels.get(labelKey(subject.conversation, subject.window));
      const past = before.get(subject.id);
      const values = (label: CaseRecord['expected']) =>
        fields.map((field) => fieldValue(run.suite, field, label));
      return {
        id: subject.id,
        conversation: subject.conversation,
        window: subject.window,
        lang: subject.lang,
        tags: subject.tags,
        expected: values(subject.expected),
        now: subject.answers.map((answer) => answerData(run.suite, answer, withText)),
        before: past?.answers.map((answer) => answerData(run.suite, answer, withText)) ?? null,
        changes: changes.map((change) => change.get(subject.id) ?? null),
        right: fields.map((field) => {
          const share = shareRight(run.suite, field, subject);
          return share === null ? null : share > 0.5;
        }),
        split: fields.map((field) => doubts.isSplit(run.suite.name, field, subject)),
        against: fields.map((field) => doubts.isAgainst(run.suite.name, field, subject)),
        marked: markedMessages(subject, goldens, run.suite.windows),
        votes: golden?.votes.map(({ by, label, unsure }) => ({ by, values: values(label), unsure })) ?? [],
        note: golden?.note ?? null,
      };
    }),
  };
}

function answerData(task: Pick<Task, 'fields'>, answer: Answer, withText: boolean): AnswerData {
  const label = usableLabel(answer);
  return {
    status: answer.status,
    reason: withText && 'reason' in answer ? answer.reason : '',
    values: label === null ? null : Object.keys(task.fields).map((field) => fieldValue(task, field, label)),
    raw: withText ? answer.raw : '',
  };
}

function markedMessages(
  { conversation: id, window }: CaseRecord,
  goldens: PageSuite['goldens'],
  windows: Task['windows'],
): number[] {
  const conversation = goldens?.conversations.get(id);
  const taken = window === null ? undefined : windows?.[window];
  if (conversation === undefined || taken === undefined) return [];
  return windowMessages(conversation, taken) ?? [];
}
