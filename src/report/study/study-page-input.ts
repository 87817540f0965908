import type { ConcernsRecord } from '../../schema/concerns.ts';
import type { StudyRecord } from '../../schema/study-record.ts';
import type { StudyFigures } from '../../study/figure.ts';

/** All that a study's page shows. */
export interface StudyPageInput {
  record: StudyRecord;
  /** Of that record. */
  figures: StudyFigures;
  /** What people bring; null where nobody has asked for it. */
  concerns: ConcernsRecord | null;
}
