import type { CorpusRecord } from './corpus-record.ts';

/** How many records were read so far. */
export interface Tally {
  conversations: number;
  bad: number;
}

/** The tally with the records of one more batch. */
export function tallied(tally: Tally, records: readonly CorpusRecord[]): Tally {
  const bad = records.reduce((count, { kind }) => count + (kind === 'bad' ? 1 : 0), 0);
  return { conversations: tally.conversations + records.length - bad, bad: tally.bad + bad };
}

/** Share of the records that are bad, 0 ... 1; 0 where there are none. */
export function badShare({ conversations, bad }: Tally): number {
  return bad === 0 ? 0 : bad / (conversations + bad);
}
