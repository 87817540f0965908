import Type from 'typebox';
import type { SampledAnswer, Stratum } from '../../schema/sample.ts';
import type { Study } from '../../schema/study.ts';
import type { Task } from '../../task/task.ts';
import type { Database } from '../results/open-database.ts';
import { readingResults } from '../results/read-results.ts';
import { openViews, type ResultViews } from '../results/result-views.ts';
import { NO_ANSWER, type SampledRow } from '../results/sample-rows.ts';

const Nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
const Sizes = Type.Array(Type.Object({ stratum: Type.String(), size: Type.Number(), kept: Type.Number() }));
const Topics = Type.Array(
  Type.Object({ stratum: Type.String(), topic: Type.String(), count: Type.Number() }),
);
const Rates = Type.Array(
  Type.Object({
    stratum: Type.String(),
    topic: Nullable(Type.String()),
    answered: Type.Number(),
    positive: Type.Number(),
  }),
);
const Answers = Type.Array(
  Type.Object({
    conversation: Type.String(),
    human_messages: Type.Number(),
    kept: Type.Boolean(),
    topics: Type.Array(Type.String()),
  }),
);
const Values = Type.Array(Type.Object({ conversation: Type.String(), value: Nullable(Type.Boolean()) }));

/** All that correcting by a labelled sample needs to know of the answers. */
export interface SampleAnswers {
  strata: Stratum[];
  /** Of the sampled conversations, in the sample's order. */
  answers: SampledAnswer[];
}

/**
 * What the model said of the conversations of a sample, and of all others in their strata, as counts.
 *
 * @param tasks of all suites that the study names
 * @throws InputError when the folder has no results, or they were written for another study
 */
export function readSampleAnswers(
  folder: string,
  study: Study,
  tasks: readonly Task[],
  sample: readonly SampledRow[],
): Promise<SampleAnswers> {
  return readingResults(folder, async (database) => {
    const views = await openViews(database, 'results', folder, { ...study, shifts: [] }, tasks);
    return {
      strata: await readStrata(database, views, sample),
      answers: await readAnswers(database, views, sample),
    };
  });
}

async function readStrata(
  database: Database,
  { selected, rates }: Pick<ResultViews, 'selected' | 'rates'>,
  sample: readonly SampledRow[],
): Promise<Stratum[]> {
  const noAnswer = { noAnswer: NO_ANSWER };
  const stratum = 'coalesce(label, $noAnswer) AS stratum';
  const sizes = await database.rows(
    Sizes,
    `SELECT ${stratum}, count(*) AS size, count_if("left" IS NULL) AS kept
    FROM ${selected} GROUP BY stratum ORDER BY stratum`,
    noAnswer,
  );
  const topics = await database.rows(
    Topics,
    `SELECT stratum, topic, count(*) AS count
    FROM (SELECT ${stratum}, unnest(topics) AS topic FROM ${selected} WHERE "left" IS NULL)
    GROUP BY ALL ORDER BY ALL`,
    noAnswer,
  );
  const counted = new Map<string, Type.Static<typeof Rates>>();
  for (const [name, table] of rates) {
    const members = `(SELECT conversation, ${stratum}, unnest(list_append(topics, NULL)) AS topic
      FROM ${selected} WHERE "left" IS NULL)`;
    const query = `SELECT stratum, topic, count("value") AS answered, count_if("value") AS positive
      FROM ${members} JOIN ${table} USING (conversation) GROUP BY ALL ORDER BY ALL NULLS FIRST`;
    counted.set(name, await database.rows(Rates, query, noAnswer));
  }
  return sizes.map(({ stratum: name, size, kept }) => {
    const within = (row: { stratum: string }) => row.stratum === name;
    return {
      name,
      size,
      sampled: sample.find(within)?.sampledInStratum ?? 0,
      kept,
      topics: Object.fromEntries(topics.filter(within).map(({ topic, count }) => [topic, count])),
      rates: Object.fromEntries(
        [...counted].map(([figure, rows]) => [
          figure,
          rows.filter(within).map(({ topic, answered, positive }) => ({ topic, answered, positive })),
        ]),
      ),
    };
  });
}

async function readAnswers(
  database: Database,
  { selected, rates }: Pick<ResultViews, 'selected' | 'rates'>,
  sample: readonly SampledRow[],
): Promise<SampledAnswer[]> {
  const ids = { ids: database.list(sample.map(({ conversation }) => conversation)) };
  const chosen = 'conversation IN (SELECT unnest($ids::VARCHAR[]))';
  const answers = await database.rows(
    Answers,
    `SELECT conversation, human_messages, "left" IS NULL AS kept, if("left" IS NULL, topics, []) AS topics
    FROM ${selected} WHERE ${chosen}`,
    ids,
  );
  const byId = new Map(answers.map((answer) => [answer.conversation, answer]));
  const values = new Map<string, Map<string, boolean | null>>();
  for (const [name, table] of rates) {
    const rows = await database.rows(
      Values,
      `SELECT conversation, "value" FROM ${table} WHERE ${chosen}`,
      ids,
    );
    values.set(name, new Map(rows.map(({ conversation, value }) => [conversation, value])));
  }
  return sample.map(({ conversation, stratum, weight }) => {
    const answer = byId.get(conversation);
    if (answer === undefined) throw new Error(`no row of ${conversation}`);
    const said = [...values].map(([name, of]) => [name, of.get(conversation) ?? null] as const);
    const { human_messages, kept, topics } = answer;
    return {
      id: conversation,
      ...{ stratum, weight, human_messages, kept, topics },
      rates: Object.fromEntries(said),
    };
  });
}
