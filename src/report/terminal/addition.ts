import type { ChalkInstance } from 'chalk';
import wrapAnsi from 'wrap-ansi';
import { formatProblem, type Problem } from '../../errors/problem.ts';
import type { Added } from '../../goldens-add/plan-add.ts';
import { quote } from '../../schema/check.ts';
import { plural } from '../../score/metric-text.ts';
import { safeJson, safeText } from './safe-text.ts';

/** What `touchstone goldens add` did, or would do. */
export interface Addition {
  added: readonly Added[];
  leftOut: readonly Problem[];
  /** Families that goldens had before. */
  joined: readonly string[];
  /** Files that changed, as shown to the user. */
  files: readonly string[];
  isWritten: boolean;
}

const WIDEST = 98;
const MOST_LINES = 20;

/** The new ids with where each came from, what is not known of them, what was left out and what comes next. */
export function renderAddition(
  addition: Addition,
  { chalk, columns }: { chalk: ChalkInstance; columns: number },
): string {
  const { added, leftOut, files, isWritten } = addition;
  const wrap = (text: string) => wrapAnsi(text, Math.max(20, Math.min(WIDEST, columns))).split('\n');
  const shown = added.slice(0, MOST_LINES).map(({ conversation, from: { file, line, ownId } }) => {
    const own = ownId === null ? '' : `  was ${quote(ownId)}`;
    return `  ${chalk.bold(conversation.id)}  ${safeText(`${file}:${line}${own}`)}`;
  });
  const rest = added.length - shown.length;
  const ids = [...shown, ...(rest > 0 ? [`  and ${rest.toLocaleString('en')} more (--json has all)`] : [])];
  const next = isWritten
    ? [
        'Next, look for personal data and secrets, then label:',
        '  touchstone goldens check',
        '  touchstone goldens label --as NAME',
      ]
    : ['Nothing was written: this was a dry run.'];
  const lines = [
    ...wrap(`${plural(added.length, 'conversation')} ${isWritten ? 'added' : 'would be added'}`),
    ...ids,
    ...notesOn(addition).flatMap(wrap),
    ...(leftOut.length === 0 ? [] : wrap(`${plural(leftOut.length, 'record')} left out:`)),
    ...leftOut.slice(0, MOST_LINES).flatMap((problem) => wrap(`  ${safeText(formatProblem(problem))}`)),
    ...(leftOut.length > MOST_LINES
      ? [`  and ${(leftOut.length - MOST_LINES).toLocaleString('en')} more (--json has all)`]
      : []),
    ...(files.length === 0
      ? []
      : wrap(`${isWritten ? 'wrote' : 'would write'} ${safeText(files.join(', '))}`)),
    ...(added.length === 0 ? [] : next),
  ];
  return `${lines.join('\n')}\n`;
}

/** The same for a program. */
export function additionJson({ added, leftOut, joined, files, isWritten }: Addition): string {
  const record = {
    touchstone: 'goldens-added',
    version: 1,
    written: isWritten,
    added: added.map(({ conversation: { id, lang, family, tags }, from }) => {
      const { file, line, ownId, leftOut: unsaid, merged, unfit } = from;
      return { id, lang, family, tags, from: { file, line, id: ownId }, unsaid, merged, unfit };
    }),
    leftOut,
    joined,
    files,
  };
  return `${safeJson(record, 2)}\n`;
}

/** What was not taken over, joined or not known. */
function notesOn({ added, joined }: Addition): string[] {
  const from = added.map((each) => each.from);
  const sum = (count: (each: Added['from']) => number) =>
    from.reduce((total, each) => total + count(each), 0);
  const unsaid = sum(({ leftOut }) => leftOut);
  const merged = sum((each) => each.merged);
  const unknown = added.filter(({ conversation }) => conversation.lang === 'und').length;
  const unfit = ['lang', 'tags'].flatMap((fact) => {
    const count = from.filter((each) => each.unfit.includes(fact)).length;
    return count === 0 ? [] : [`${fact} of ${plural(count, 'record')} does not fit and is left out`];
  });
  return [
    ...(unsaid > 0 ? [`${plural(unsaid, 'message')} of system or tools left out`] : []),
    ...(merged > 0 ? [`${plural(merged, 'message')} joined to the one before, which has the same role`] : []),
    ...unfit,
    ...(unknown > 0 ? [`language not known of ${plural(unknown, 'conversation')}: und`] : []),
    ...(joined.length > 0 ? [`in a family that goldens had before: ${safeText(joined.join(', '))}`] : []),
  ];
}
