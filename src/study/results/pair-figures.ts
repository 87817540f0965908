import Type from 'typebox';
import type { Study } from '../../schema/study.ts';
import type { PairedValueCount } from '../../statistics/paired-mean-difference.ts';
import type { Task } from '../../task/task.ts';
import { inOrder } from './label-order.ts';
import type { Database } from './open-database.ts';
import { MEMBER, type PairedViews } from './pair-kept.ts';
import { figureName } from './result-views.ts';

/** A rate of one topic, null for all, under both prompts: 1 true, 0 false, null where it does not count. */
export interface PairedRate {
  topic: string | null;
  cells: PairedValueCount[];
}

interface LevelPair {
  from: string;
  to: string;
}

/** Conversations by the levels of their windows under both prompts; null where they do not count under one. */
interface PairedLevels {
  baseline: LevelPair | null;
  candidate: LevelPair | null;
  conversations: number;
}

/** A shift in one topic, null for all. */
export interface PairedShift {
  topic: string | null;
  cells: PairedLevels[];
  /** The same by the shift alone: `to` minus `from`, on the field's scale. */
  shifts: PairedValueCount[];
}

const Nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
const Topic = Nullable(Type.String());
const Rates = Type.Array(
  Type.Object({
    topic: Topic,
    baseline: Nullable(Type.Number()),
    candidate: Nullable(Type.Number()),
    conversations: Type.Number(),
  }),
);
const Level = Nullable(Type.String());
const Shifts = Type.Array(
  Type.Object({
    topic: Topic,
    ...{ from_a: Level, to_a: Level, from_b: Level, to_b: Level },
    conversations: Type.Number(),
  }),
);

/** Conversations that count under neither prompt are left out; a topic without any has no cells. */
export async function pairRates(
  database: Database,
  { baseline, candidate }: PairedViews,
  study: Study,
  topics: readonly string[],
): Promise<Record<string, PairedRate[]>> {
  const rates: Record<string, PairedRate[]> = {};
  for (const rate of study.rates ?? []) {
    const name = figureName(rate);
    const rows = await database.rows(
      Rates,
      `SELECT topic, baseline, candidate, count(*) AS conversations FROM (
        SELECT topic,
          CASE WHEN in_a THEN a."value"::INTEGER END AS baseline,
          CASE WHEN in_b THEN b."value"::INTEGER END AS candidate
        FROM ${MEMBER} LEFT JOIN ${baseline.rates.get(name)} a USING (conversation)
          LEFT JOIN ${candidate.rates.get(name)} b USING (conversation)
      ) WHERE baseline IS NOT NULL OR candidate IS NOT NULL GROUP BY ALL ORDER BY ALL`,
    );
    rates[name] = byTopic(topics, rows).map(([topic, cells]) => ({ topic, cells }));
  }
  return rates;
}

/** As `pairRates`. A conversation counts where both of its windows have a usable answer. */
export async function pairShifts(
  database: Database,
  { baseline, candidate }: PairedViews,
  study: Study,
  tasks: readonly Task[],
  topics: readonly string[],
): Promise<Record<string, PairedShift[]>> {
  const shifts: Record<string, PairedShift[]> = {};
  for (const shift of study.shifts ?? []) {
    const name = figureName(shift);
    const usable = (table: string | undefined) =>
      `(SELECT * FROM ${table} WHERE "from" IS NOT NULL AND "to" IS NOT NULL)`;
    const rows = await database.rows(
      Shifts,
      `SELECT topic, from_a, to_a, from_b, to_b, count(*) AS conversations FROM (
        SELECT topic,
          CASE WHEN in_a THEN a."from" END AS from_a, CASE WHEN in_a THEN a."to" END AS to_a,
          CASE WHEN in_b THEN b."from" END AS from_b, CASE WHEN in_b THEN b."to" END AS to_b
        FROM ${MEMBER} LEFT JOIN ${usable(baseline.shifts.get(name))} a USING (conversation)
          LEFT JOIN ${usable(candidate.shifts.get(name))} b USING (conversation)
      ) WHERE from_a IS NOT NULL OR from_b IS NOT NULL GROUP BY ALL ORDER BY ALL`,
    );
    const scale = scaleOf(tasks, shift);
    shifts[name] = byTopic(topics, rows).map(([topic, found]) => {
      const cells = found.map(({ from_a, to_a, from_b, to_b, conversations }) => ({
        baseline: levelPair(from_a, to_a),
        candidate: levelPair(from_b, to_b),
        conversations,
      }));
      return { topic, cells, shifts: shiftCounts(cells, scale) };
    });
  }
  return shifts;
}

function levelPair(from: string | null, to: string | null): LevelPair | null {
  return from === null || to === null ? null : { from, to };
}

function scaleOf(tasks: readonly Task[], { suite, field }: { suite: string; field: string }) {
  const found = tasks.find(({ name }) => name === suite)?.fields[field];
  return (level: string) => (found?.kind === 'ordinal' ? found.levels[level] : undefined) ?? Number.NaN;
}

function shiftCounts(cells: readonly PairedLevels[], scale: (level: string) => number): PairedValueCount[] {
  const counts = new Map<string, PairedValueCount>();
  const shiftOf = (pair: LevelPair | null) => (pair === null ? null : scale(pair.to) - scale(pair.from));
  for (const { conversations, ...cell } of cells) {
    const [baseline, candidate] = [shiftOf(cell.baseline), shiftOf(cell.candidate)];
    const key = `${baseline} ${candidate}`;
    const before = counts.get(key)?.conversations ?? 0;
    counts.set(key, { baseline, candidate, conversations: before + conversations });
  }
  return [...counts.values()];
}

/** All of them first, then the topics in order. */
function byTopic<Row extends { topic: string | null; conversations: number }>(
  topics: readonly string[],
  rows: readonly Row[],
): [string | null, Omit<Row, 'topic'>[]][] {
  const found = rows.flatMap(({ topic }) => topic ?? []);
  return [null, ...inOrder(topics, found)].map((topic) => [
    topic,
    rows.filter((row) => row.topic === topic).map(({ topic: _, ...row }) => row),
  ]);
}
