import type { Baseline } from '../baseline/baseline.ts';
import { canonicalJson } from '../plan/fingerprint.ts';
import type { BaselineCase } from '../schema/baseline.ts';
import type { Label } from '../schema/run-record.ts';
import { shareRight } from '../task/agree.ts';
import type { Task } from '../task/task.ts';
import type { GoalpostChange } from './goalpost-change.ts';
import type { Goalposts } from './read-goalposts.ts';

/** What a change does to the accepted answers, of the model that is run and of the suite's other models. */
export function compareBaselines(base: Goalposts, head: Goalposts): GoalpostChange[] {
  return [...compareOwn(base, head), ...compareOthers(base, head)];
}

function compareOwn(base: Goalposts, head: Goalposts): GoalpostChange[] {
  const [before, after] = [base.baseline, head.baseline];
  if (before === null) {
    const isUnknown = base.unreadable.some(({ part }) => part === 'baseline' || part === 'suite');
    return after === null || isUnknown
      ? []
      : [{ kind: 'baseline_added', path: after.path, cases: after.cases.size, loosens: false }];
  }
  if (after === null) {
    return [{ kind: 'baseline_deleted', path: before.path, cases: before.cases.size, loosens: true }];
  }
  const path = after.path;
  const removed = [...before.cases.keys()].filter((id) => !after.cases.has(id)).sort();
  return [
    ...rewritten(before, after, base, head),
    ...(removed.length === 0
      ? []
      : [{ kind: 'baseline_lines_removed', path, cases: removed, loosens: true } as const]),
  ];
}

/** Without a changed answer (another prompt that was answered alike, new cases) nothing is easier to reach. */
function rewritten(before: Baseline, after: Baseline, base: Goalposts, head: Goalposts): GoalpostChange[] {
  const added = [...after.cases.keys()].filter((id) => !before.cases.has(id)).sort();
  const pairs = [...before.cases.values()].flatMap((was) => {
    const is = after.cases.get(was.id);
    return is === undefined || canonicalJson(is) === canonicalJson(was) ? [] : [{ was, is }];
  });
  if (pairs.length + added.length === 0 && headerPart(before) === headerPart(after)) return [];
  const changed = pairs.filter(({ was, is }) => acceptedPart(was) !== acceptedPart(is));
  const worse = changed.filter(({ was, is }) => {
    const label = base.labels?.get(was.id) ?? head.labels?.get(was.id);
    const task = base.suite?.task;
    return task !== undefined && label !== undefined && isWorse(task, label, was, is);
  });
  const ids = (list: typeof pairs) => list.map(({ was }) => was.id).sort();
  return [
    {
      kind: 'baseline_rewritten',
      path: after.path,
      changed: ids(changed),
      worse: ids(worse),
      added,
      loosens: changed.length > 0,
    },
  ];
}

/** All of the header but the number of lines. */
function headerPart({ header: { cases: _, ...rest } }: Baseline): string {
  return canonicalJson(rest);
}

/** All of a line but the hash of the request, which changes with every word of the prompt. */
function acceptedPart({ request: _, ...accepted }: BaselineCase): string {
  return canonicalJson(accepted);
}

/** Whether some field was right in most answers, and is no longer. */
function isWorse(task: Task, expected: Label, was: BaselineCase, is: BaselineCase): boolean {
  const isRight = (field: string, { answers }: BaselineCase) =>
    (shareRight(task, field, { expected, answers }) ?? 1) > 0.5;
  return Object.keys(task.fields).some((field) => isRight(field, was) && !isRight(field, is));
}

function compareOthers(base: Goalposts, head: Goalposts): GoalpostChange[] {
  return [...base.otherBaselines].flatMap(([path, before]): GoalpostChange[] => {
    const after = head.otherBaselines.get(path);
    if (after === before) return [];
    const was = after === undefined ? 'deleted' : 'rewritten';
    return [{ kind: 'other_baseline_changed', path, was, loosens: true }];
  });
}
