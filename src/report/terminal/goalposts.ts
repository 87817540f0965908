import type { ChalkInstance } from 'chalk';
import { describeChange } from '../../goalposts/describe-change.ts';
import type { SuiteGuard } from '../../goalposts/open-guard.ts';
import type { Verdict } from '../../judge/verdict.ts';

/** How many changes are listed before the rest are counted. */
const SHOWN = 12;

/**
 * What a change does to its own goalposts, and the verdict by its own labels where it corrects some.
 *
 * @param byOwnLabels the verdict by the labels of the change; null where they are the base's
 */
export function renderGoalposts(
  guard: SuiteGuard,
  byOwnLabels: Verdict | null,
  chalk: ChalkInstance,
): string {
  const { changes, verdict } = guard;
  const lines = [`${chalk.bold('goalposts')}  ${verdict.sentence}`];
  for (const change of changes.slice(0, SHOWN)) {
    lines.push(
      `  ${change.loosens ? chalk.hex('#d98324')('loosens') : chalk.dim('  moves')} ${describeChange(change)}`,
    );
  }
  if (changes.length > SHOWN) lines.push(`  and ${changes.length - SHOWN} more`);
  if (byOwnLabels !== null) lines.push(`  by the labels of the change: ${byOwnLabels.sentence}`);
  return lines.join('\n');
}
