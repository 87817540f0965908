import type { Problem } from '../errors/problem.ts';
import type { BadRecord, CorpusRecord } from './corpus-record.ts';

/** How many records were read so far. */
export interface Tally {
  conversations: number;
  bad: number;
  /** Where files could be read no further. */
  brokenOff: readonly BadRecord[];
}

/** Before the first record. */
export const NOTHING_READ: Tally = { conversations: 0, bad: 0, brokenOff: [] };

/** The tally with the records of one more batch. */
export function tallied(tally: Tally, records: readonly CorpusRecord[]): Tally {
  const bad = records.filter((record) => record.kind === 'bad');
  return talliedWith(tally, records.length - bad.length, bad);
}

/** The tally with so many more conversations, and bad records. */
export function talliedWith(
  { conversations, bad, brokenOff }: Tally,
  more: number,
  moreBad: readonly BadRecord[],
): Tally {
  return {
    conversations: conversations + more,
    bad: bad + moreBad.length,
    brokenOff: [...brokenOff, ...moreBad.filter(({ endsFile }) => endsFile === true)],
  };
}

/** Share of the records that are bad, 0 ... 1; 0 where there are none. */
export function badShare({ conversations, bad }: Pick<Tally, 'conversations' | 'bad'>): number {
  return bad === 0 ? 0 : bad / (conversations + bad);
}

/** A share of bad records in words: `4.76%`. */
export function percentBad(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}

/**
 * A problem for each file that could be read in part only: of what is missing a share of bad records says nothing.
 * None where every share is allowed.
 */
export function brokenOffProblems({ brokenOff }: Tally, maxBad: number): Problem[] {
  if (maxBad >= 1) return [];
  const mend = 'Write the file again or leave it out; --max-bad 100% counts without what is missing';
  return brokenOff.map(({ file, line, what }) => {
    return { file, line, id: null, what: `${what}; nobody knows how much is lost`, mend };
  });
}
