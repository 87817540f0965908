import type { GuardedJudgement } from '../../goalposts/judge-guarded.ts';
import { fitBlocks } from './fit-blocks.ts';
import { flipBlocks, textBlocks } from './flip-blocks.ts';
import { goalpostBlocks, matrixBlocks, tableBlock, verdictBlock } from './suite-blocks.ts';

export interface MarkdownOptions {
  /** The text of a conversation, where the reader may see it; null in its place where only ids and labels may show. */
  withText: ((conversationId: string) => string | null) | null;
  /** Longest report in UTF-16 characters, 1,000 or more; 60,000 where absent (a GitHub comment holds 65,536). */
  maxCharacters?: number;
}

/**
 * The report as GitHub's Markdown, for a comment on a pull request or a job's summary: the verdicts first, then each
 * suite's rules, metrics, goalposts, flips and, folded, matrices. Never longer than asked; what did not fit is
 * counted. Text from goldens, models, paths and labels shows as it is and does nothing.
 *
 * @throws RangeError where `maxCharacters` is below 1,000
 */
export function renderMarkdown(judged: readonly GuardedJudgement[], options: MarkdownOptions): string {
  const { withText, maxCharacters = 60_000 } = options;
  const closed = judged.filter(({ blocks }) => blocks).length;
  const found = closed === 0 ? 'the gate holds' : `the gate is closed by ${closed} of ${judged.length}`;
  const title = { kind: 'title', markdown: `## Touchstone: ${found}` } as const;
  const suites = judged.flatMap((each) => [
    tableBlock(each),
    ...goalpostBlocks(each),
    ...flipBlocks(each),
    ...(withText === null ? [] : textBlocks(each, withText)),
    ...matrixBlocks(each),
  ]);
  return fitBlocks([title, ...judged.map(verdictBlock), ...suites], maxCharacters);
}
