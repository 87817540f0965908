import type { Problem } from '../errors/problem.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import { type JsonLine, readJsonLines } from '../goldens/jsonl.ts';
import { canonicalJson } from '../plan/fingerprint.ts';
import { checkAgainst, fits, violationsOf } from '../schema/check.ts';
import {
  SAMPLE_VERSION,
  type SampledAnswer,
  SampleHeader,
  SampleKey,
  SampleLine,
  type Stratum,
} from '../schema/sample.ts';
import type { StudyRecord } from '../schema/study-record.ts';
import { askedFields, type Task } from '../task/task.ts';
import { type JudgedConversation, judgedConversation } from './judged-conversation.ts';
import { figureName } from './results/result-views.ts';
import { type FieldLabels, readFieldLabels } from './sample/field-labels.ts';
import { keyFault } from './sample/key-fault.ts';
import { keyFileOf, labelledTasks } from './sample/sample-files.ts';

/** A conversation of the sample that somebody labelled. */
export interface LabelledConversation {
  stratum: string;
  /** What the model said of it. */
  said: Pick<SampledAnswer, 'kept' | 'topics' | 'rates'>;
  /** Null where the selecting suite is not labelled. */
  truth: JudgedConversation | null;
  /** By `<suite>.<field>`, those that are labelled. */
  rates: Readonly<Record<string, boolean>>;
}

/** A random sample of a study's corpus, drawn by what the model answered, as far as it is labelled. */
export interface LabelledSample {
  strata: readonly Stratum[];
  labelled: readonly LabelledConversation[];
  /** Conversations that were drawn. */
  drawn: number;
  /** Of these, those without a label of the selecting suite, and labels somebody was not sure of. */
  unfilled: number;
  unsure: number;
}

/**
 * Reads a labelling file that was filled in, and its key beside it.
 *
 * @param record of the study whose figures it is to correct
 * @param tasks of all suites that the study names
 * @param shown how a path is shown to the user
 * @returns null with a problem for everything that is wrong: not of this study's results, labels that are not the
 *   suites', conversations twice, nothing labelled
 */
export function readLabelledSample(
  file: string,
  record: StudyRecord,
  tasks: readonly Task[],
  shown: (file: string) => string,
): { sample: LabelledSample | null; problems: Problem[] } {
  const shownAs = shown(file);
  const bytes = readFileBytes(file, shownAs);
  if (bytes.value === null) return { sample: null, problems: bytes.problems };
  const { value: lines, problems } = readJsonLines(bytes.value, shownAs);
  const asked = labelledTasks(record.study, tasks);
  const [first, ...rest] = lines;
  const header = readHeader(first, asked, shownAs);
  problems.push(...header.problems);
  if (header.value === null) return { sample: null, problems };
  const key = readKey(keyFileOf(file), header.value.sample, record, shown);
  problems.push(...key.problems);
  if (key.value === null) return { sample: null, problems };

  const answers = new Map(key.value.conversations.map((answer) => [answer.id, answer]));
  const seen = new Map<string, number>();
  const read = readFieldLabels(asked);
  const labelled: LabelledConversation[] = [];
  let unsure = 0;
  for (const { line, value } of rest) {
    const report = (what: string, mend: string, id: string | null = null) =>
      problems.push({ file: shownAs, line, id, what, mend });
    for (const { what, mend } of violationsOf(SampleLine, value)) report(what, mend);
    if (!fits(SampleLine, value)) continue;
    const { id } = value;
    const answer = answers.get(id);
    const earlier = seen.get(id);
    if (answer === undefined) report('is not of the sample', 'Remove the line', id);
    if (earlier !== undefined) report(`is on line ${earlier} too`, 'Remove one of the two lines', id);
    seen.set(id, line);
    const { labels, faults } = read(value.labels);
    for (const { what, mend } of faults) report(what, mend, id);
    if (answer === undefined || labels.size === 0) continue;
    labelled.push(labelledConversation(record, answer, labels));
    if (value.unsure) unsure += 1;
  }
  const known = labelled.filter(({ truth }) => truth !== null).length;
  if (problems.length === 0 && known === 0) {
    const mend = `Fill in the nulls of ${record.study.select.suite} in labels`;
    problems.push({ file: shownAs, line: null, id: null, what: 'nothing is labelled yet', mend });
  }
  const drawn = key.value.conversations.length;
  const sample = { strata: key.value.strata, labelled, drawn, unfilled: drawn - known, unsure };
  return { sample: problems.length > 0 ? null : sample, problems };
}

function labelledConversation(
  { study }: StudyRecord,
  { stratum, kept, topics, rates, human_messages: humanMessages }: SampledAnswer,
  labels: FieldLabels,
): LabelledConversation {
  const label = labels.get(study.select.suite)?.label;
  const known = (study.rates ?? []).flatMap((rate) => {
    const value = labels.get(rate.suite)?.value(rate.field);
    return value === undefined ? [] : [[figureName(rate), value === true] as const];
  });
  return {
    stratum,
    said: { kept, topics, rates },
    truth: label === undefined ? null : judgedConversation(study, label, humanMessages),
    rates: Object.fromEntries(known),
  };
}

function readHeader(
  first: JsonLine | undefined,
  asked: readonly Task[],
  file: string,
): { value: SampleHeader | null; problems: Problem[] } {
  const refuse = (what: string, mend: string) => {
    return { value: null, problems: [{ file, line: first?.line ?? null, id: null, what, mend }] };
  };
  if (first === undefined) return refuse('is empty', 'Give the file that touchstone study sample wrote');
  const version = versionOf(first.value);
  if (version !== null && version > SAMPLE_VERSION)
    return refuse(`is of version ${version}, newer than version ${SAMPLE_VERSION}`, 'Update touchstone');
  const { value, problems } = checkAgainst(SampleHeader, first.value, file);
  if (value === null) return { value, problems: problems.map((each) => ({ ...each, line: first.line })) };
  for (const task of asked) {
    const fields = value.fields[task.name];
    if (canonicalJson(fields ?? null) !== canonicalJson(Object.fromEntries(askedFields(task))))
      return refuse(`was written when ${task.name} had other fields`, 'Draw and label a sample anew');
  }
  return { value, problems: [] };
}

function readKey(
  file: string,
  sample: string,
  record: StudyRecord,
  shown: (file: string) => string,
): { value: SampleKey | null; problems: Problem[] } {
  const refuse = (what: string, mend: string) => {
    return { value: null, problems: [{ file: shown(file), line: null, id: null, what, mend }] };
  };
  const { value: bytes } = readFileBytes(file, shown(file));
  if (bytes === null)
    return refuse(
      'cannot be read',
      'Keep the key that was written with the sample beside it, under its name',
    );
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return refuse('is not JSON', 'Restore the key that was written with the sample');
  }
  const { value, problems } = checkAgainst(SampleKey, content, shown(file));
  if (value === null) return { value, problems };
  const fault = value.sample === sample ? keyFault(value, record) : 'is the key of another sample';
  return fault === null ? { value, problems } : refuse(fault, 'Draw a sample of this study, and label it');
}

function versionOf(value: unknown): number | null {
  const version: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'version') : null;
  return typeof version === 'number' ? version : null;
}
