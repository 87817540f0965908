import type { ChalkInstance } from 'chalk';
import type { ConcernsRecord } from '../../schema/concerns.ts';
import { plural } from '../../score/metric-text.ts';
import { safeText } from './safe-text.ts';

/** What people bring: groups with their share of the conversations that a line was written about. */
export function renderConcerns(concerns: ConcernsRecord, chalk: ChalkInstance): string {
  const { groups, not_shown: notShown, conversations, min_group: minGroup } = concerns;
  const rows = groups.map(({ name, conversations: count, share }) => {
    const percent = `${(share * 100).toFixed(1)}%`.padStart(6);
    return `  ${percent} ${String(count).padStart(7)}  ${safeText(name ?? 'unnamed')}`;
  });
  const hidden = `${plural(notShown.dropped, 'conversation')} in no group of ${minGroup} or more, ${notShown.without_line} without a line`;
  return [
    chalk.bold(
      `what people bring  ${plural(conversations, 'conversation')}, ${plural(groups.length, 'group')}`,
    ),
    ...rows,
    chalk.dim(`not shown: ${hidden}`),
    '',
  ].join('\n');
}
