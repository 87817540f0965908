import { CONCERNS_VERSION, type ConcernsRecord } from '../schema/concerns.ts';
import type { Concerns } from './group-concerns.ts';

/** The record of a study's concerns, as `concerns.json` holds it. */
export function concernsRecord(
  { conversations, groups, merged, dropped, refusedNames }: Concerns,
  about: { study: string; model: string; minGroup: number; seed: number; withoutLine: number },
): ConcernsRecord {
  return {
    touchstone: 'concerns',
    version: CONCERNS_VERSION,
    study: about.study,
    model: about.model,
    min_group: about.minGroup,
    seed: about.seed,
    conversations,
    groups: groups.map(({ namedBy, byTopic, ...group }) => ({
      ...group,
      named_by: namedBy,
      by_topic: byTopic,
    })),
    merged,
    refused_names: refusedNames,
    not_shown: { without_line: about.withoutLine, dropped },
  };
}
