import { NO_USAGE } from '../model/model.ts';
import type { SuiteWork } from '../project/load-work.ts';
import { buildRecord } from '../record/build-record.ts';
import type { Field } from '../schema/field.ts';
import type { Answer, Label, RunRecord, Value } from '../schema/run-record.ts';
import { askedFields, type Task } from '../task/task.ts';

type LabelledSuite = Pick<SuiteWork, 'suite' | 'cases' | 'prompt' | 'goldens'>;

/** A run of all cases in which every answer is the one expected. */
export function rightRun(work: LabelledSuite): RunRecord {
  return runOf(work, (expected) => answered(expected));
}

/**
 * Runs that are as wrong as can be: one without a usable answer, and two in which every field has another value
 * than expected. Which of them is the worst depends on the metric.
 */
export function wrongRuns(work: LabelledSuite): RunRecord[] {
  const unusable: Answer = { status: 'invalid', reason: '', raw: '', usage: NO_USAGE, latency_ms: 0 };
  return [
    runOf(work, () => unusable),
    ...[1, -1].map((step) =>
      runOf(work, (expected) => answered(wrongLabel(work.suite.task, expected, step))),
    ),
  ];
}

function runOf(work: LabelledSuite, answer: (expected: Label) => Answer): RunRecord {
  const answers = new Map(work.cases.map(({ id, expected }) => [id, [answer(expected)]]));
  return buildRecord(work.cases, answers, {
    suite: work.suite,
    prompt: { path: work.prompt.path, sha256: work.prompt.sha256 },
    goldens: work.goldens,
    model: '',
    git: null,
    startedAt: '',
    selection: { filters: [], limit: null },
    repeats: 1,
    asked: 0,
    spent: NO_USAGE,
    seconds: 0,
  });
}

function answered(label: Label): Answer {
  return { status: 'answered', label, raw: '', usage: NO_USAGE, latency_ms: 0 };
}

function wrongLabel(task: Task, expected: Label, step: number): Label {
  return Object.fromEntries(
    askedFields(task).map(([name, field]) => [name, wrongValue(field, expected[name] ?? null, step)]),
  );
}

function wrongValue(field: Field, expected: Value, step: number): Value {
  switch (field.kind) {
    case 'binary':
      return expected !== true;
    case 'nominal': {
      const at = field.labels.indexOf(String(expected));
      return field.labels.at((at + step) % field.labels.length) ?? null;
    }
    case 'ordinal': {
      const levels = Object.keys(field.levels);
      const isLow = levels.indexOf(String(expected)) * 2 < levels.length - 1;
      return levels.at(isLow ? -1 : 0) ?? null;
    }
    case 'set':
      return field.labels.filter((label) => !(Array.isArray(expected) && expected.includes(label)));
  }
}
