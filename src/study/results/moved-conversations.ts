import Type from 'typebox';
import type { Study } from '../../schema/study.ts';
import type { Database } from './open-database.ts';
import { PAIR, type PairedViews } from './pair-kept.ts';
import { figureName } from './result-views.ts';

/** A figure that a conversation may move. `name` is `<suite>.<field>`. */
export type Figure =
  | { kind: 'kept' }
  | { kind: 'topic'; topic: string }
  | { kind: 'rate'; name: string }
  | { kind: 'shift'; name: string };

/** A conversation of which two prompts say different things. */
export interface MovedConversation {
  conversation: string;
  /** Where it stands in the corpus, as the candidate's run read it. */
  file: string;
  line: number;
  /**
   * In the suite's words: `coaching`, `not kept: other`; topics `coaching, counseling`; a rate `true`; a shift
   * `neutral, positive`.
   */
  before: string;
  after: string;
}

export interface MovedFigure {
  figure: Figure;
  /** Conversations that moved; for rates and shifts of those with a usable answer under both prompts. */
  moved: number;
  /** The first of them by id. */
  conversations: MovedConversation[];
}

const ONE_COUNT = Type.Array(Type.Object({ count: Type.Number() }));
const Moved = Type.Array(
  Type.Object({
    conversation: Type.String(),
    file: Type.String(),
    line: Type.Number(),
    before: Type.String(),
    after: Type.String(),
  }),
);

/** The conversations that moved each figure: kept ones, each topic, rates, shifts. */
export async function findMoved(
  database: Database,
  views: PairedViews,
  study: Study,
  topics: readonly string[],
  most: number,
): Promise<MovedFigure[]> {
  const find = async (figure: Figure, { before, after, from, values }: MovedQuery): Promise<MovedFigure> => {
    const [{ count } = { count: 0 }] = await database.rows(
      ONE_COUNT,
      `SELECT count(*) AS count FROM ${from}`,
      values,
    );
    const list = `SELECT conversation, file, line, ${before} AS before, ${after} AS after FROM ${from}
      ORDER BY conversation LIMIT ${most}`;
    const conversations = count === 0 ? [] : await database.rows(Moved, list, values);
    return { figure, moved: count, conversations };
  };

  const moved = [await find({ kind: 'kept' }, keptQuery())];
  for (const topic of topics) moved.push(await find({ kind: 'topic', topic }, topicQuery(topic)));
  for (const rate of study.rates ?? []) {
    const name = figureName(rate);
    moved.push(await find({ kind: 'rate', name }, rateQuery(views, name)));
  }
  for (const shift of study.shifts ?? []) {
    const name = figureName(shift);
    moved.push(await find({ kind: 'shift', name }, shiftQuery(views, name)));
  }
  return moved;
}

/** Two texts, and the rows of `PAIR` that they are taken from: those that moved. */
interface MovedQuery {
  before: string;
  after: string;
  from: string;
  values?: Record<string, string>;
}

function keptQuery(): MovedQuery {
  return {
    before: outcome('a', 'label_a'),
    after: outcome('b', 'label_b'),
    from: `${PAIR} WHERE (left_a IS NULL) <> (left_b IS NULL)`,
  };
}

function topicQuery(topic: string): MovedQuery {
  return {
    before: outcome('a', `array_to_string(list_sort(topics_a), ', ')`),
    after: outcome('b', `array_to_string(list_sort(topics_b), ', ')`),
    from: `${PAIR} WHERE list_contains(topics_a, $topic) <> list_contains(topics_b, $topic)`,
    values: { topic },
  };
}

/** What became of a conversation on one side: `kept` where it was kept, else `short: roleplay`, `no answer`. */
function outcome(side: 'a' | 'b', kept: string): string {
  return `if(left_${side} IS NULL, coalesce(${kept}, ''), concat_ws(': ', left_${side}, label_${side}))`;
}

function rateQuery({ baseline, candidate }: PairedViews, name: string): MovedQuery {
  return {
    before: `a."value"::VARCHAR`,
    after: `b."value"::VARCHAR`,
    from: `${PAIR} JOIN ${baseline.rates.get(name)} a USING (conversation)
      JOIN ${candidate.rates.get(name)} b USING (conversation) WHERE a."value" <> b."value"`,
  };
}

function shiftQuery({ baseline, candidate }: PairedViews, name: string): MovedQuery {
  return {
    before: `a."from" || ', ' || a."to"`,
    after: `b."from" || ', ' || b."to"`,
    from: `${PAIR} JOIN ${baseline.shifts.get(name)} a USING (conversation)
      JOIN ${candidate.shifts.get(name)} b USING (conversation)
      WHERE (a."from" <> b."from" AND a."to" IS NOT NULL AND b."to" IS NOT NULL)
        OR (a."to" <> b."to" AND a."from" IS NOT NULL AND b."from" IS NOT NULL)`,
  };
}
