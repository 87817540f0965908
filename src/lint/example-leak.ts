import { conversationText } from '../duplicates/conversation-text.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';
import { andOthers, repeatedExamples } from './repeated-examples.ts';

/**
 * Examples that repeat a golden conversation, or one of its messages, nearly word for word. Of each example the
 * golden that is closest, and how many others there are.
 */
export function exampleLeak(subject: LintSubject): FindingOf[] {
  const { source, conversations } = subject;
  const byExample = Map.groupBy(repeatedExamples(subject), ({ from }) => from);
  return source.examples.flatMap(({ from, example }): FindingOf[] => {
    const repeated = byExample.get(from) ?? [];
    const [closest] = repeated.toSorted((a, b) => b.contained - a.contained);
    if (closest === undefined) return [];
    const { id, message, contained } = closest;
    const golden = conversations.find((each) => each.id === id);
    const share = Math.floor(contained * 100);
    return [
      {
        file: source.prompt.path,
        line: source.lineAt(from),
        severity: 'error',
        what: `the example repeats ${message === null ? 'the text' : `message ${message}`} of the golden ${id}${andOthers(repeated.length - 1)}: ${share}% of the shorter one is in the other`,
        mend: 'Invent another example: a case that the model was shown does not measure it',
        texts: {
          prompt: example?.turns.map(({ text }) => text).join('\n\n') ?? '',
          golden: conversationText(golden ?? { messages: [] }),
        },
      },
    ];
  });
}
