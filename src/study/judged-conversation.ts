import { NO_USAGE } from '../model/model.ts';
import type { Label } from '../schema/run-record.ts';
import type { Study } from '../schema/study.ts';
import { leaves } from './funnel.ts';

/** What a study makes of a conversation, given its label, be it a model's or a person's. */
export interface JudgedConversation {
  kept: boolean;
  /** None where it is not kept. */
  topics: readonly string[];
}

/** @param label of the selecting suite */
export function judgedConversation(
  { select }: Pick<Study, 'select'>,
  label: Label,
  humanMessages: number,
): JudgedConversation {
  const answer = { status: 'answered' as const, label, raw: '', usage: NO_USAGE, latency_ms: 0 };
  if (leaves({ select }, answer, humanMessages) !== null) return { kept: false, topics: [] };
  const topics = label[select.topics ?? select.field];
  return { kept: true, topics: Array.isArray(topics) ? topics : [String(topics)] };
}
