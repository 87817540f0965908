import type { Problem } from '../errors/problem.ts';
import type { GuardedJudgement } from '../goalposts/judge-guarded.ts';
import { inertCode, inertText } from '../report/markdown/inert-markdown.ts';
import { renderMarkdown } from '../report/markdown/render-markdown.ts';
import type { WorkflowAnnotation } from '../report/workflow-log/safe-workflow-text.ts';
import { plural } from '../score/metric-text.ts';
import type { SuiteChange } from './changed-suites.ts';
import type { CheckConclusion, CheckOutcome } from './check-outcome.ts';

/** Answers that a suite still needs, and that this check may not ask for. */
export interface MissingAnswers {
  suite: string;
  count: number;
  /** A sentence with why. */
  why: string;
}

/** All that a check found out. */
export interface Findings {
  commit: string;
  /** Full hash of the merge base. */
  base: string;
  model: string;
  /** Suites that the change touches. */
  touched: readonly SuiteChange[];
  judged: readonly GuardedJudgement[];
  /** Suites that the change takes away, with a sentence, and whether a person must allow it. */
  removed: readonly { suite: string; sentence: string; needsPerson: boolean }[];
  missing: readonly MissingAnswers[];
  /** What is wrong with the files of the change. */
  problems: readonly Problem[];
  /** Why asking ended early, with what to do; null where it did not. */
  stopped: { what: string; mend: string } | null;
  /** Further sentences for the reader. */
  notes: readonly string[];
  /** Questions asked just now, and what they cost in US dollars; null where the price is unknown. */
  asked: number;
  costUsd: number | null;
  annotations: readonly WorkflowAnnotation[];
}

const MOST_CHARACTERS = 60_000;
/** Of one list before the rest is counted. Six full lists leave room for the report: hostile text swells when escaped. */
const LINES_SHOWN = 12;
const LIST_CHARACTERS = 9000;

/** What a check says: the worst that was found, and all of it in words. */
export function outcomeOf(findings: Findings): CheckOutcome {
  const head = [`## Touchstone: ${inertText(titleOf(findings))}`, ...openingBlocks(findings)].join('\n\n');
  const tail = closingLine(findings);
  const room = Math.max(1000, MOST_CHARACTERS - head.length - tail.length - 10);
  const report =
    findings.judged.length === 0
      ? ''
      : `\n\n${renderMarkdown(findings.judged, { withText: null, maxCharacters: room }).replace(/^## .*\n+/, '')}`;
  return {
    commit: findings.commit,
    conclusion: conclusionOf(findings),
    title: titleOf(findings),
    summary: `${head}${report}\n\n${tail}\n`,
    annotations: findings.annotations,
  };
}

function conclusionOf({ problems, judged, removed, missing, stopped }: Findings): CheckConclusion {
  const closed = judged.some(({ blocks }) => blocks) || removed.some(({ needsPerson }) => needsPerson);
  if (problems.length > 0 || closed) return 'failure';
  if (missing.length > 0 || stopped !== null) return 'action_required';
  return judged.some(({ assessment }) => assessment.verdict.ruling === 'undecided') ? 'neutral' : 'success';
}

function titleOf(findings: Findings): string {
  const { problems, judged, removed, missing, stopped, touched } = findings;
  if (problems.length > 0) return `${plural(problems.length, 'problem')} in the files of the change`;
  const closed = judged.filter(({ blocks }) => blocks).map(({ assessment }) => assessment.run.suite.name);
  const gone = removed.filter(({ needsPerson }) => needsPerson).map(({ suite }) => suite);
  if (closed.length + gone.length > 0) return `the gate is closed by ${[...closed, ...gone].join(', ')}`;
  if (missing.length > 0) {
    const count = missing.reduce((sum, each) => sum + each.count, 0);
    return `${plural(count, 'answer')} missing`;
  }
  if (stopped !== null) return 'the check could not be finished';
  if (touched.length === 0) return 'no prompt, suite or golden changed';
  const open = judged.filter(({ assessment }) => assessment.verdict.ruling === 'undecided');
  if (open.length === 0) return 'the gate holds';
  return `undecided: ${open.map(({ assessment }) => assessment.run.suite.name).join(', ')}`;
}

function openingBlocks({ touched, removed, missing, problems, stopped, notes }: Findings): string[] {
  const lists = [
    problems.map(({ file, line, what, mend }) => {
      return `- ${inertCode(line === null ? file : `${file}:${line}`)} ${inertText(what)}. ${inertText(mend)}.`;
    }),
    missing.map(({ suite, why }) => `- ${inertCode(suite)}: ${inertText(why)}`),
    stopped === null ? [] : [`${inertText(stopped.what)} ${inertText(stopped.mend)}`],
    removed.map(({ suite, sentence }) => `- ${inertCode(suite)} is gone: ${inertText(sentence)}`),
    notes.map((note) => inertText(note)),
    touched.map(({ suite, reasons }) => `- ${inertCode(suite)} is checked: ${inertText(reasons.join(', '))}`),
  ];
  return lists.filter((lines) => lines.length > 0).map((lines) => shortened(lines).join('\n'));
}

function shortened(lines: readonly string[]): readonly string[] {
  let room = LIST_CHARACTERS;
  const shown = lines.slice(0, LINES_SHOWN).filter((line) => {
    room -= line.length;
    return room >= 0;
  });
  const left = lines.length - shown.length;
  return left === 0 ? lines : [...shown, `- and ${left} more`];
}

function closingLine({ commit, base, model, asked, costUsd }: Findings): string {
  const cost =
    asked === 0 || costUsd === 0 ? '' : costUsd === null ? ', cost unknown' : `, US$${costUsd.toFixed(4)}`;
  return `<sub>${commit.slice(0, 12)} against ${base.slice(0, 12)}, ${inertCode(model)}, ${plural(asked, 'question')} asked${cost}.</sub>`;
}
