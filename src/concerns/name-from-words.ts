import { STOP_WORDS } from '../model/embedded/stop-words.ts';
import { termsOf } from '../model/embedded/tokens.ts';
import { privacyProblems } from './privacy.ts';
import { type WordUse, wordsOf } from './word-use.ts';

const WORDS = 3;
/** Share of the lines that a second or third word needs. */
const COMMON_FROM = 0.2;

/**
 * The words that tell a group's lines from all others, the most telling first, as its name: `sleep, insomnia,
 * night`. Words that may not be published are passed over, and of words with one stem the more telling is taken.
 * A word counts by its share of the group's lines times ln(lines / lines with it) (class-based TF-IDF,
 * Grootendorst 2022, arXiv:2203.05794).
 *
 * @param uses of all lines
 * @param total number of all lines
 * @returns null where no word may be published
 */
export function nameFromWords(
  lines: readonly string[],
  uses: ReadonlyMap<string, WordUse>,
  total: number,
): string | null {
  const counts = new Map<string, number>();
  for (const line of lines)
    for (const word of new Set(wordsOf(line.toLowerCase()))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const telling = [...counts]
    .filter(([word]) => word.length > 1 && !STOP_WORDS.has(word))
    .map(([word, count]) => ({
      word,
      isCommon: count >= COMMON_FROM * lines.length,
      weight: count * Math.log((total + 1) / (uses.get(word)?.small || total)),
    }))
    .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1));
  const chosen = new Map<string, string>();
  for (const { word, isCommon } of telling) {
    const stem = termsOf(word).join(' ');
    const isNext = !chosen.has(stem) && (isCommon || chosen.size === 0);
    if (!isNext || privacyProblems(word, uses).length > 0) continue;
    chosen.set(stem, word);
    if (chosen.size === WORDS) break;
  }
  const name = [...chosen.values()].join(', ');
  return name === '' || privacyProblems(name, uses).length > 0 ? null : name;
}
