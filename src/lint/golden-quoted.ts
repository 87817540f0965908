import type { Conversation } from '../schema/conversation.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';
import { type Passage, PassageIndex } from './passage-index.ts';
import { andOthers, repeatedExamples } from './repeated-examples.ts';

/** From this length on a common passage is a quotation; in the unit of `Passage.length`. */
const QUOTED = 12;

/**
 * Long passages that the prompt has in common with a golden: in its instructions, or in an example that does not
 * repeat that golden altogether. Of each golden the longest; goldens with the same passage are told together.
 */
export function goldenQuoted(subject: LintSubject): FindingOf[] {
  const { source, conversations } = subject;
  const index = new PassageIndex(source.text);
  const quoted = conversations.flatMap((golden) => {
    const passage = longestPassage(index, golden);
    return passage === null || passage.length < QUOTED ? [] : [{ id: golden.id, passage }];
  });
  if (quoted.length === 0) return [];
  const repeated = new Set(repeatedExamples(subject).map(({ from, id }) => `${from} ${id}`));
  const told = quoted.filter(({ id, passage }) => {
    const example = source.examples.find(({ from, to }) => passage.from >= from && passage.from < to);
    return example === undefined || !repeated.has(`${example.from} ${id}`);
  });
  return [...Map.groupBy(told, ({ passage }) => passage.from).values()].flatMap((same): FindingOf[] => {
    const [first] = same.sort((a, b) => b.passage.length - a.passage.length);
    if (first === undefined) return [];
    const { id, passage } = first;
    return [
      {
        file: source.prompt.path,
        line: source.lineAt(passage.from),
        severity: 'warning',
        what: `${passage.words} words in a row are those of message ${passage.message} of the golden ${id}${andOthers(same.length - 1)}`,
        mend: 'Say it in other words: a case that the model was shown does not measure it',
        texts: { prompt: source.text.slice(passage.from, passage.to), golden: passage.text },
      },
    ];
  });
}

/** @returns with the 1-based number of the message */
function longestPassage(
  index: PassageIndex,
  { messages }: Conversation,
): (Passage & { message: number }) | null {
  let longest: (Passage & { message: number }) | null = null;
  for (const [at, { content }] of messages.entries()) {
    const found = index.longestIn(content);
    if (found !== null && found.length > (longest?.length ?? 0)) longest = { ...found, message: at + 1 };
  }
  return longest;
}
