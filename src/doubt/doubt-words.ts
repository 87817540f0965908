import { plural } from '../score/metric-text.ts';
import type { Doubt } from './rank-doubts.ts';

/** What speaks against a label, in words: `4 of 5 runs say counseling; votes 2 to 1`. */
export function doubtWords(doubt: Doubt): string {
  const { runs, votes, doubtedBy, contradicted, distance, member, adjudicated } = doubt;
  const parts: string[] = [];
  if (contradicted)
    parts.push(`${runsAgainst(doubt)}${distance > 1 ? `, ${showCount(distance)} steps away` : ''}`);
  if (votes.against > 0)
    parts.push(`votes ${votes.for} to ${votes.against}${member === null ? '' : ` on ${member}`}`);
  if (adjudicated) parts.push('adjudicated');
  if (votes.unsure > 0) parts.push(`${plural(votes.unsure, 'vote')} unsure`);
  if (doubtedBy.length > 0) parts.push(`marked doubtful by ${[...new Set(doubtedBy)].join(', ')}`);
  if (!contradicted && runs.count > 0) parts.push('the runs do not contradict it');
  return parts.join('; ');
}

/** Runs and parts of runs: `4`, `2.5`. */
export function showCount(count: number): string {
  return Number.isInteger(count) ? String(count) : count.toFixed(1);
}

function runsAgainst({ runs, instead, member }: Doubt): string {
  const count = runs.said.find(({ value }) => value === instead)?.count ?? 0;
  const who = `${showCount(count)} of ${plural(runs.count, 'run')}`;
  const verb = (one: string, several: string) => (count === 1 ? one : several);
  if (member === null) return `${who} ${verb('says', 'say')} ${instead}`;
  return instead === 'with it'
    ? `${who} ${verb('adds', 'add')} ${member}`
    : `${who} ${verb('leaves', 'leave')} ${member} out`;
}
