import Type from 'typebox';
import type { Database } from './open-database.ts';

const Profiles = Type.Array(
  Type.Object({
    status: Type.String(),
    label: Type.Union([Type.String(), Type.Null()]),
    left: Type.Union([Type.String(), Type.Null()]),
    cut: Type.Boolean(),
    long: Type.Boolean(),
    conversations: Type.Number(),
  }),
);

/** Conversations that are alike in all that is counted of every one. */
export type Profile = Type.Static<typeof Profiles>[number];

/** How many conversations something holds for. */
export type Total = (holds: (profile: Profile) => boolean) => number;

/**
 * Counts all conversations of the corpus in one pass.
 *
 * @param selected the view of them
 * @param longOver human messages over which a conversation is long; null where none is
 */
export function countSelected(
  database: Database,
  selected: string,
  longOver: number | null,
): Promise<Profile[]> {
  return database.rows(
    Profiles,
    `SELECT status, label, "left", cut, coalesce(human_messages > $longOver::INTEGER, false) AS long,
      count(*) AS conversations
    FROM ${selected} GROUP BY ALL ORDER BY ALL`,
    { longOver },
  );
}

export function totalOf(profiles: readonly Profile[]): Total {
  return (holds) => profiles.reduce((sum, profile) => sum + (holds(profile) ? profile.conversations : 0), 0);
}
