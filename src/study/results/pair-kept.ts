import Type from 'typebox';
import type { PairedCounts } from '../../statistics/paired-prevalence.ts';
import { inOrder } from './label-order.ts';
import type { Database } from './open-database.ts';
import type { ResultViews } from './result-views.ts';

export interface PairedViews {
  baseline: ResultViews;
  candidate: ResultViews;
}

/** Conversations by which of two results has their id. */
export interface CorpusOverlap {
  both: number;
  baselineOnly: number;
  candidateOnly: number;
}

/**
 * Conversations of both results that one of them kept at least: conversation, file, line; and per side (`_a` the
 * baseline, `_b` the candidate) label, left, and topics, which are none where it was not kept.
 */
export const PAIR = 'pair';

/** The same by topic, null for all: conversation, topic, in_a, in_b. */
export const MEMBER = 'member';

const OneCount = Type.Array(Type.Object({ count: Type.Number() }));
const Kept = Type.Array(
  Type.Object({ kept_a: Type.Boolean(), kept_b: Type.Boolean(), count: Type.Number() }),
);
const Membership = Type.Array(
  Type.Object({ topic: Type.String(), in_a: Type.Boolean(), in_b: Type.Boolean(), count: Type.Number() }),
);

/** Joins the two by id: counts who was kept, and makes the table `PAIR` and the view `MEMBER`. */
export async function pairKept(
  database: Database,
  { baseline, candidate }: PairedViews,
): Promise<{ overlap: CorpusOverlap; kept: PairedCounts }> {
  // Few are kept as a rule: the others are only counted.
  await database.run(`
    CREATE TABLE touched AS
    SELECT conversation FROM ${baseline.kept} UNION SELECT conversation FROM ${candidate.kept}`);
  const touched = (selected: string) => `(FROM ${selected} SEMI JOIN touched USING (conversation))`;
  await database.run(`
    CREATE TABLE ${PAIR} AS
    SELECT conversation, b.file, b.line,
      a.label AS label_a, a.left AS left_a, if(a.left IS NULL, a.topics, []) AS topics_a,
      b.label AS label_b, b.left AS left_b, if(b.left IS NULL, b.topics, []) AS topics_b
    FROM ${touched(baseline.selected)} a JOIN ${touched(candidate.selected)} b USING (conversation)`);
  await database.run('DROP TABLE touched');
  await database.run(`
    CREATE VIEW ${MEMBER} AS
    SELECT conversation, topic,
      if(topic IS NULL, left_a IS NULL, list_contains(topics_a, topic)) AS in_a,
      if(topic IS NULL, left_b IS NULL, list_contains(topics_b, topic)) AS in_b
    FROM (
      SELECT *, unnest(list_append(list_distinct(list_concat(topics_a, topics_b)), NULL)) AS topic FROM ${PAIR}
    )`);

  const countOf = async (rows: string) => {
    const [{ count } = { count: 0 }] = await database.rows(OneCount, `SELECT count(*) AS count FROM ${rows}`);
    return count;
  };
  const both = await countOf(`${baseline.selected} SEMI JOIN ${candidate.selected} USING (conversation)`);
  const overlap = {
    both,
    baselineOnly: (await countOf(baseline.selected)) - both,
    candidateOnly: (await countOf(candidate.selected)) - both,
  };
  const kept = await database.rows(
    Kept,
    `SELECT left_a IS NULL AS kept_a, left_b IS NULL AS kept_b, count(*) AS count FROM ${PAIR} GROUP BY ALL`,
  );
  return {
    overlap,
    kept: pairedCounts(
      both,
      (inA, inB) => kept.find(({ kept_a, kept_b }) => kept_a === inA && kept_b === inB)?.count ?? 0,
    ),
  };
}

function pairedCounts(all: number, count: (inA: boolean, inB: boolean) => number): PairedCounts {
  const [both, baselineOnly, candidateOnly] = [count(true, true), count(true, false), count(false, true)];
  return { both, baselineOnly, candidateOnly, neither: all - both - baselineOnly - candidateOnly };
}

/**
 * Who is in each topic.
 *
 * @param conversations those that both results have
 */
export async function pairMembership(
  database: Database,
  topics: readonly string[],
  conversations: number,
): Promise<{ topic: string; counts: PairedCounts }[]> {
  const rows = await database.rows(
    Membership,
    `SELECT topic, in_a, in_b, count(*) AS count FROM ${MEMBER} WHERE topic IS NOT NULL GROUP BY ALL`,
  );
  const found = rows.map(({ topic }) => topic);
  return inOrder(topics, found).map((topic) => {
    const count = (inA: boolean, inB: boolean) =>
      rows.find((row) => row.topic === topic && row.in_a === inA && row.in_b === inB)?.count ?? 0;
    return { topic, counts: pairedCounts(conversations, count) };
  });
}
