import type { ChalkInstance } from 'chalk';
import type { GoldenLabel } from '../goldens/load.ts';
import { windowMessages } from '../goldens/window.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import type { Conversation } from '../schema/conversation.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { ReviewItem } from './review-items.ts';
import type { Decision } from './review-session.ts';

export interface ItemContext {
  suite: RunRecord['suite'];
  conversation: Conversation;
  golden: GoldenLabel | null;
  /** `3 of 14`. */
  place: string;
  /** What was said of it before; null where nothing was. */
  decision: Decision | null;
}

/** A flipped case as a person needs it to decide: the conversation, its window marked, and both answers. */
export function renderItem(
  { record, flips }: ReviewItem,
  context: ItemContext,
  chalk: ChalkInstance,
): string {
  const { suite, conversation, golden, place, decision } = context;
  const facts = [suite.name, record.lang, `family ${record.family}`, ...record.tags].map(safeText).join(', ');
  const definition = record.window === null ? undefined : suite.windows?.[record.window];
  const marked = definition === undefined ? null : windowMessages(conversation, definition);
  const messages = conversation.messages.map(({ role, content }, index) => {
    const isMarked = marked?.includes(index) === true;
    const margin = isMarked ? '> ' : marked === null ? '' : '  ';
    const heading = chalk.bold(`${index + 1} ${role}${isMarked ? ` (${record.window})` : ''}`);
    return [heading, ...safeText(content).split('\n')].map((line) => `${margin}${line}`).join('\n');
  });
  const changes = flips.map(({ field, change, expected, before, now }) => {
    const paint = change === 'broken' ? chalk.hex('#d98324') : chalk.hex('#4a90d9');
    return `${paint(change)} ${chalk.bold(field)}  ${safeText(`expected ${expected}, before ${before}, now ${now}`)}`;
  });
  const note = golden?.note ?? null;
  return [
    `${chalk.dim(`[${place}]`)} ${chalk.bold.underline(safeText(record.id))}  ${facts}`,
    '',
    messages.join('\n\n'),
    '',
    ...changes,
    ...(note === null ? [] : [chalk.dim(`note: ${safeText(note)}`)]),
    ...(decision === null ? [] : [chalk.dim(`so far: ${decision}`)]),
    '',
  ].join('\n');
}
