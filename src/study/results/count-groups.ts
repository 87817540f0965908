import Type from 'typebox';
import type { Study } from '../../schema/study.ts';
import type { StudyGroup } from '../../schema/study-record.ts';
import type { Task } from '../../task/task.ts';
import { classesIn, inOrder, topicsOf } from './label-order.ts';
import type { Database } from './open-database.ts';
import { figureName, type ResultViews } from './result-views.ts';

/** Null for all kept conversations. */
const Topic = Type.Union([Type.String(), Type.Null()]);
const Sizes = Type.Array(Type.Object({ topic: Topic, count: Type.Number() }));
const Rates = Type.Array(Type.Object({ topic: Topic, answered: Type.Number(), positive: Type.Number() }));
const Reasons = Type.Array(Type.Object({ topic: Topic, reason: Type.String(), count: Type.Number() }));
const Shifts = Type.Array(
  Type.Object({ topic: Topic, from: Type.String(), to: Type.String(), count: Type.Number() }),
);

/**
 * Counts of all kept conversations, then of a topic each, in the suite's order; a topic or a reason that never
 * came is there with 0, a pair of levels is not. A conversation counts in each of its topics.
 */
export async function countGroups(
  database: Database,
  views: Pick<ResultViews, 'kept' | 'rates' | 'shifts'>,
  study: Study,
  tasks: readonly Task[],
): Promise<StudyGroup[]> {
  const members = `(SELECT conversation, unnest(list_append(topics, NULL)) AS topic FROM ${views.kept})`;
  const sizes = await database.rows(Sizes, `SELECT topic, count(*) AS count FROM ${members} GROUP BY topic`);
  const groups = [
    null,
    ...inOrder(
      topicsOf(study, tasks),
      sizes.flatMap(({ topic }) => topic ?? []),
    ),
  ].map((topic): StudyGroup => {
    const conversations = sizes.find((each) => each.topic === topic)?.count ?? 0;
    return { topic, conversations, rates: {}, shifts: {} };
  });

  for (const rate of study.rates ?? []) {
    const name = figureName(rate);
    const of = `FROM ${members} JOIN ${views.rates.get(name)} USING (conversation)`;
    const counts = await database.rows(
      Rates,
      `SELECT topic, count("value") AS answered, count(*) FILTER ("value") AS positive ${of} GROUP BY topic`,
    );
    const reasons = await database.rows(
      Reasons,
      `SELECT topic, reason, count(*) AS count ${of} WHERE "value" AND reason IS NOT NULL GROUP BY ALL`,
    );
    const known = rate.reasons === undefined ? [] : classesIn(tasks, rate.suite, rate.reasons);
    const names = inOrder(
      known,
      reasons.map(({ reason }) => reason),
    );
    for (const { topic, rates } of groups) {
      const { answered = 0, positive = 0 } = counts.find((each) => each.topic === topic) ?? {};
      const countOf = (name: string) =>
        reasons.find((each) => each.topic === topic && each.reason === name)?.count ?? 0;
      rates[name] = {
        answered,
        positive,
        reasons: Object.fromEntries(names.map((reason) => [reason, countOf(reason)])),
      };
    }
  }

  for (const shift of study.shifts ?? []) {
    const name = figureName(shift);
    const pairs = await database.rows(
      Shifts,
      `SELECT topic, "from", "to", count(*) AS count
      FROM ${members} JOIN ${views.shifts.get(name)} USING (conversation)
      WHERE "from" IS NOT NULL AND "to" IS NOT NULL GROUP BY ALL ORDER BY ALL`,
    );
    const levels = classesIn(tasks, shift.suite, shift.field);
    const place = (level: string) => levels.indexOf(level);
    pairs.sort((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to));
    for (const { topic, shifts } of groups) {
      shifts[name] = pairs
        .filter((pair) => pair.topic === topic)
        .map(({ from, to, count }) => ({ from, to, count }));
    }
  }
  return groups;
}
