import { foldedText } from '../duplicates/folded-text.ts';
import { jaccard } from '../duplicates/resemblance.ts';
import { shinglesOf } from '../duplicates/shingles.ts';
import { canonicalJson } from '../plan/fingerprint.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';

/** From this similarity on two examples show nearly the same conversation. */
const NEARLY_THE_SAME = 0.8;
/** What does not make a conversation another one. Marks that carry a feeling, such as `!`, stay. */
const IMMATERIAL = /[\s.,;:"'“”‘’…-]+/gu;
/** A shorter conversation is another one with a word changed. */
const LEAST_SHINGLES = 20;

/**
 * Pairs of examples that answer one conversation, or nearly the same, differently. The same messages marked with
 * another window are another question.
 */
export function exampleContradiction({ source }: LintSubject): FindingOf[] {
  const read = source.examples.flatMap(({ example, answerAt, windows }) => {
    if (example === null) return [];
    const text = example.turns.map(({ text }) => text).join('\n\n');
    const roles = example.turns.map(({ role }) => role).join(' ');
    return [
      {
        line: source.lineAt(answerAt),
        text: `${roles}\n${foldedText(text).replaceAll(IMMATERIAL, ' ').trim()}`,
        shingles: shinglesOf(text),
        answer: canonicalJson(Object.fromEntries(example.answer)),
        question: JSON.stringify([windows, example.turns.map(({ windowed }) => windowed)]),
      },
    ];
  });
  return read.flatMap((later, index) =>
    read.slice(0, index).flatMap((earlier): FindingOf[] => {
      if (earlier.answer === later.answer || earlier.question !== later.question) return [];
      const place = { file: source.prompt.path, line: later.line };
      if (earlier.text === later.text)
        return [
          {
            ...place,
            severity: 'error',
            what: `the example shows the conversation of that on line ${earlier.line} with another answer`,
            mend: 'Keep the one that is right',
          },
        ];
      const similarity = jaccard(earlier.shingles, later.shingles);
      const isLong = Math.min(earlier.shingles.length, later.shingles.length) >= LEAST_SHINGLES;
      if (!isLong || similarity < NEARLY_THE_SAME) return [];
      return [
        {
          ...place,
          severity: 'warning',
          what: `the example is ${percent(similarity)} that on line ${earlier.line} and has another answer`,
          mend: 'Correct one of the answers, or show the difference more plainly',
        },
      ];
    }),
  );
}

function percent(share: number): string {
  return `${Math.floor(share * 100)}%`;
}
