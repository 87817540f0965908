import type { ChalkInstance } from 'chalk';
import type { GuardedJudgement } from '../../goalposts/judge-guarded.ts';

/** What a run ends with: where its page is, and a sentence a suite, the last line being one. */
export function renderClosing(
  judged: readonly GuardedJudgement[],
  pagePath: string | null,
  chalk: ChalkInstance,
): string {
  const sentences = judged.map(({ assessment, guard, blocks }) => {
    const { verdict } = assessment;
    const moved = guard?.verdict.needsPerson === true ? ` Goalposts: ${guard.verdict.sentence}` : '';
    const sentence = `${verdict.sentence}${moved === '' ? '' : '.'}${moved}`;
    return blocks ? chalk.hex('#d98324').bold(sentence) : chalk.bold(sentence);
  });
  const page = pagePath === null ? [] : [chalk.dim(`report: ${pagePath}`)];
  return `${[...page, ...sentences].join('\n')}\n`;
}
