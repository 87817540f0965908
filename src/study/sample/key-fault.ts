import type { SampleKey } from '../../schema/sample.ts';
import type { StudyRecord } from '../../schema/study-record.ts';
import { NO_ANSWER } from '../results/sample-rows.ts';

/** Why a sample cannot correct a study's figures; null where it was drawn of its very results. */
export function keyFault(key: SampleKey, record: StudyRecord): string | null {
  if (key.study !== record.study.name) return `is of the study ${key.study}, not of ${record.study.name}`;
  if (key.model !== record.model) return `is of answers by ${key.model}, not by ${record.model}`;
  const changed = Object.entries(record.prompts).find(([suite, { sha256 }]) => key.prompts[suite] !== sha256);
  if (changed !== undefined) return `is of answers to another prompt of ${changed[0]}`;
  const sizes = new Map(key.strata.map(({ name, size }) => [name, size]));
  const answered = Object.values(record.labels).reduce((sum, count) => sum + count, 0);
  const isSame =
    key.corpus === record.corpus.conversations &&
    (sizes.get(NO_ANSWER) ?? 0) === record.corpus.conversations - answered &&
    Object.entries(record.labels).every(([label, count]) => (sizes.get(label) ?? 0) === count);
  return isSame ? null : 'is of other results than the study has now';
}
