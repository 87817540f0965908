import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../src/statistics/random.ts';
import { makeWorkspace } from '../test/workspace.ts';

/** What the study read, and what of it was affective. */
export const STUDY = { conversations: 4_500_000, affective: 131_484 };
export const AFFECTIVE_SHARE = STUDY.affective / STUDY.conversations;

const KEPT = ['interpersonal_advice', 'coaching', 'counseling', 'companionship'];
/** Human messages of a conversation; two in ten have the six that both windows need. */
const HUMAN_MESSAGES = [1, 1, 2, 2, 3, 3, 4, 5, 7, 9];
const SENTENCES = [
  'I have been turning this over for some weeks and cannot settle on anything.',
  'My sister says I should simply ask, and maybe she is right about that.',
  'Could you look at the second part again, since the first one reads well?',
  'Thank you, that is clearer than what I had, and shorter too.',
  'What would you do in my place, if the answer had to be there by Friday?',
  'The train was late again, so I had the time to write all of this down.',
];

/**
 * Writes so many conversations as JSON Lines, the same every time: `(label)` in the first message is what the
 * stand-in answers, and exactly the study's share is affective.
 *
 * @returns the folder; the file is `corpus.jsonl`
 */
export function writeStudyCorpus(count: number): string {
  const folder = makeWorkspace({});
  const handle = openSync(path.join(folder, 'corpus.jsonl'), 'w');
  const random = seededRandom(4);
  const pick = <T>(values: readonly T[], otherwise: T) =>
    values[Math.floor(random() * values.length)] ?? otherwise;
  const affective = Math.round(count * AFFECTIVE_SHARE);
  const text = (sentences: number) => Array.from({ length: sentences }, () => pick(SENTENCES, '')).join(' ');
  let lines = '';
  for (let index = 0; index < count; index += 1) {
    // Spread evenly: as many as the share asks for by now.
    const isAffective =
      Math.floor(((index + 1) * affective) / count) > Math.floor((index * affective) / count);
    const label = isAffective ? pick(KEPT, 'coaching') : random() < 0.3 ? 'content_creation' : 'other';
    const messages = Array.from({ length: pick(HUMAN_MESSAGES, 1) }, (_, turn) => [
      {
        role: 'user',
        content: `${turn === 0 ? `(${label}) ${index} ` : ''}${text(1 + Math.floor(random() * 4))}`,
      },
      { role: 'assistant', content: text(2 + Math.floor(random() * 4)) },
    ]).flat();
    lines += `${JSON.stringify({ id: `c${index}`, messages })}\n`;
    if (lines.length > 2 ** 20 || index === count - 1) {
      writeSync(handle, lines);
      lines = '';
    }
  }
  closeSync(handle);
  return folder;
}
