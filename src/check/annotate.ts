import path from 'node:path';
import type { Problem } from '../errors/problem.ts';
import type { GuardedJudgement } from '../goalposts/judge-guarded.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import type { WorkflowAnnotation } from '../report/workflow-log/safe-workflow-text.ts';
import { plural } from '../score/metric-text.ts';
import { goalpostRemarks } from './annotate-goalposts.ts';
import { type AnnotationContext, isInside, placesIn } from './annotate-places.ts';
import { caseRemarks, type Remark, ruleRemarks } from './annotate-rules.ts';

/** As many as GitHub takes in one request. */
const MOST_ANNOTATIONS = 50;
/** Characters; GitHub refuses a longer title. */
const MOST_OF_TITLE = 255;
const MOST_OF_MESSAGE = 4000;

/**
 * What was found, beside the lines of prompts, suites, labels and conversations that it concerns: rules that do not
 * hold, changes of the goalposts that a person must allow, and broken cases whose own lines the change made. At
 * most 50, errors first; the last counts those that are left out. They name ids and labels, and hold no text of a
 * conversation.
 */
export function annotate(
  judged: readonly GuardedJudgement[],
  context: AnnotationContext,
): WorkflowAnnotation[] {
  const placesOf = placesIn(context);
  const suites = judged.map((each) => ({ each, places: placesOf(each.assessment.run.suite.name) }));
  const remarks = [ruleRemarks, goalpostRemarks, caseRemarks].flatMap((remarksOf) =>
    suites.flatMap(({ each, places }) => remarksOf(each, places)),
  );
  return fitted(remarks, context.projectPrefix);
}

/**
 * Each problem where it stands, with what to do about it: at most 50, the last of which counts those that are left
 * out. Problems of an argument, or of a file outside of the repository, have no place in it and are not among them.
 *
 * @param projectPrefix where the project lies in the repository: `''`, or a path that ends in `/`
 */
export function annotateProblems(problems: readonly Problem[], projectPrefix: string): WorkflowAnnotation[] {
  const placed = problems.filter(({ file }) => !file.startsWith('-') && isInside(projectPrefix, file));
  const remarks = placed.map(({ file, line, id, what, mend }): Remark => {
    const title = id === null ? 'Touchstone' : `Touchstone: ${id}`;
    return { file, line, level: 'error', title, message: `${what}. ${mend}.` };
  });
  return fitted(remarks, projectPrefix);
}

function fitted(remarks: readonly Remark[], projectPrefix: string): WorkflowAnnotation[] {
  const sorted = [
    ...remarks.filter(({ level }) => level === 'error'),
    ...remarks.filter(({ level }) => level === 'warning'),
  ];
  const shown = sorted.length > MOST_ANNOTATIONS ? sorted.slice(0, MOST_ANNOTATIONS - 1) : sorted;
  const left = sorted.slice(shown.length);
  const [first] = left;
  if (first !== undefined) {
    const errors = left.filter(({ level }) => level === 'error').length;
    const counts = `${plural(errors, 'error')}, ${plural(left.length - errors, 'warning')}`;
    const title = `Touchstone: ${left.length} more`;
    shown.push({ ...first, line: null, title, message: `Not shown beside the lines: ${counts}.` });
  }
  return shown.map(({ level, file, line, title, message }) => ({
    level,
    file: path.posix.join(projectPrefix, file),
    line,
    title: shortened(title, MOST_OF_TITLE),
    message: shortened(message, MOST_OF_MESSAGE),
  }));
}

/** Text without characters that could command a terminal or turn a line around, cut to size. */
function shortened(text: string, most: number): string {
  const safe = safeText(text);
  return safe.length <= most ? safe : `${safe.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
