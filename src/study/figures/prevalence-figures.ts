import type { StudyRecord } from '../../schema/study-record.ts';
import type { Labelled } from '../../statistics/prevalence.ts';
import { wilsonInterval } from '../../statistics/wilson.ts';
import type { StudyFigure } from '../figure.ts';
import { type Correction, correctByGoldens } from './correct-by-goldens.ts';
import { correctKept, correctTopic } from './correct-by-sample.ts';
import type { KnownErrors } from './known-errors.ts';

/** Conversations with a usable answer of the selecting suite: all shares are of them. */
export function usableConversations({ labels }: Pick<StudyRecord, 'labels'>): number {
  return Object.values(labels).reduce((sum, count) => sum + count, 0);
}

/** The share of all conversations that are kept, then that of each topic. None where no conversation is usable. */
export function prevalenceFigures(record: StudyRecord, { goldens, sample }: KnownErrors): StudyFigure[] {
  const n = usableConversations(record);
  if (n === 0) return [];
  return record.groups.map(({ topic, conversations }) => {
    const counts = { n, positive: conversations };
    const errors: Labelled | null | undefined = topic === null ? goldens?.kept : goldens?.topics[topic];
    const corrections: Correction[] = [];
    if (sample !== null) corrections.push(topic === null ? correctKept(sample) : correctTopic(sample, topic));
    if (errors) corrections.push(correctByGoldens(counts, errors));
    return {
      ...{ kind: 'prevalence', of: null, topic, label: null, conversations: n },
      raw: { value: conversations / n, interval: wilsonInterval(conversations, n) },
      corrected: corrections.flatMap(({ corrected }) => corrected),
      cautions: corrections.flatMap(({ cautions }) => cautions),
    };
  });
}
