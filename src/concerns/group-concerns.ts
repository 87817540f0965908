import { seededRandom } from '../statistics/random.ts';
import { clusterLines } from './cluster.ts';
import { MAX_NAME_WORDS } from './group-name.ts';
import { MAX_CHARACTERS } from './line-answer.ts';
import { nameFromWords } from './name-from-words.ts';
import { privacyProblems } from './privacy.ts';
import { type WordUse, wordsOf, wordUses } from './word-use.ts';

/** What a conversation is about, in one line. */
export interface ConcernLine {
  conversation: string;
  topics: readonly string[];
  line: string;
}

/** A group that may be shown. */
interface ConcernGroup {
  /** Checked for privacy; null where nothing may be said of it. */
  name: string | null;
  /** Whether the name was given, or made of the lines' most telling words. */
  namedBy: 'model' | 'words';
  conversations: number;
  /** Of all conversations with a line, 0 to 1. */
  share: number;
  /** Conversations by topic, those of fewer than `minGroup` left out; one of several topics counts in each. */
  byTopic: Record<string, number>;
}

export interface Concerns {
  /** Conversations with a line. */
  conversations: number;
  /** The greatest first. */
  groups: ConcernGroup[];
  /** Conversations that came into a shown group from one that was too small. */
  merged: number;
  /** Conversations in no shown group. */
  dropped: number;
  /** Names given that did not pass the check. */
  refusedNames: number;
}

/** Lines that a group is named from. */
const SAMPLE = 30;

/**
 * Groups what conversations are about, and names the groups. Nothing that it gives comes from fewer than `minGroup`
 * conversations, and each name has passed `privacyProblems`: one that fails is replaced by the group's most
 * telling words. Groups of the same name are one. The result does not depend on the order of the lines.
 *
 * @param lines of a conversation with several, the first in alphabetical order counts
 * @param options.minGroup conversations that a group needs, at least 1
 * @param options.name gives a name from some of a group's lines, null where there is none; lines and name are hostile
 */
export async function groupConcerns(
  lines: readonly ConcernLine[],
  {
    minGroup,
    seed,
    name,
  }: { minGroup: number; seed: number; name: (lines: readonly string[]) => Promise<string | null> },
): Promise<Concerns> {
  const subjects = oneEach(lines);
  const texts = subjects.map(({ line }) => line);
  const uses = wordUses(texts);
  const { groups, merged, dropped } = clusterLines(texts, { minGroup, seed });
  const named = await Promise.all(
    groups.map(async (rows) => {
      const members = rows.flatMap((row) => subjects[row] ?? []);
      const own = members.map(({ line }) => line);
      const given = await name(sampleOf(own, seed));
      const accepted = given !== null && isPublishable(given, uses);
      return {
        members,
        name: sentenceCase(accepted ? given : nameFromWords(own, uses, texts.length)),
        namedBy: accepted ? ('model' as const) : ('words' as const),
        refused: given !== null && !accepted,
      };
    }),
  );
  const distinct = Map.groupBy(named, ({ name }, index) => name ?? index);
  return {
    conversations: subjects.length,
    groups: [...distinct.values()]
      .map((parts) => {
        const members = parts.flatMap((part) => part.members);
        return {
          name: parts[0]?.name ?? null,
          namedBy: parts[0]?.namedBy ?? 'words',
          conversations: members.length,
          share: members.length / subjects.length,
          byTopic: countByTopic(members, minGroup),
        };
      })
      .sort((a, b) => b.conversations - a.conversations),
    merged,
    dropped,
    refusedNames: named.filter(({ refused }) => refused).length,
  };
}

function oneEach(lines: readonly ConcernLine[]): ConcernLine[] {
  const before = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = lines.toSorted((a, b) => before(a.conversation, b.conversation) || before(a.line, b.line));
  return sorted.filter(({ conversation }, index) => conversation !== sorted[index - 1]?.conversation);
}

function isPublishable(name: string, uses: ReadonlyMap<string, WordUse>): boolean {
  const words = wordsOf(name).length;
  const fits = words > 0 && words <= MAX_NAME_WORDS && name.length <= MAX_CHARACTERS;
  return fits && privacyProblems(name, uses).length === 0;
}

/** Different lines, drawn at random. */
function sampleOf(lines: readonly string[], seed: number): string[] {
  const random = seededRandom(seed);
  const different = [...new Set(lines)];
  for (let i = different.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [different[i], different[j]];
    if (a === undefined || b === undefined) break;
    different[i] = b;
    different[j] = a;
  }
  return different.slice(0, SAMPLE);
}

function sentenceCase(name: string | null): string | null {
  return name === null
    ? null
    : name
        .normalize('NFKC')
        .trim()
        .replace(/^\p{L}/u, (letter) => letter.toUpperCase());
}

function countByTopic(members: readonly ConcernLine[], minGroup: number): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { topics } of members)
    for (const topic of new Set(topics)) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return Object.fromEntries(
    [...counts].filter(([, count]) => count >= minGroup).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
