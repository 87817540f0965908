import type { CaseRecord } from '../schema/run-record.ts';
import type { Where } from '../schema/suite.ts';

/** Whether a case is one that a rule is about. */
export function matchesWhere(
  where: Where | undefined,
  subject: Pick<CaseRecord, 'tags' | 'lang' | 'window'>,
): boolean {
  if (where === undefined) return true;
  return (
    (where.tag === undefined || subject.tags.includes(where.tag)) &&
    (where.lang === undefined || subject.lang === where.lang) &&
    (where.window === undefined || subject.window === where.window)
  );
}
