import type { StudyRecord } from '../../schema/study-record.ts';
import type { LeftOutTopic, StudyFigures } from '../figure.ts';
import { figureName } from '../results/result-views.ts';
import type { KnownErrors } from './known-errors.ts';
import { prevalenceFigures, usableConversations } from './prevalence-figures.ts';
import { rateFigures } from './rate-figures.ts';
import { shiftFigures } from './shift-figures.ts';
import { studyCautions } from './study-cautions.ts';

/**
 * All figures of a study, raw and corrected as far as its errors are known: prevalences, then each rate with its
 * reasons, then shifts; of all kept conversations first, then of each topic. Pure and seeded.
 *
 * A conversation without a usable answer is in no share. A topic that is rarer than the study's `left_out_under` has
 * its prevalence alone.
 */
export function figuresOf(record: StudyRecord, known: KnownErrors): StudyFigures {
  const { rates = [], shifts = [] } = record.study;
  const leftOut = leftOutTopics(record);
  const analysed = record.groups.filter(({ topic }) => !leftOut.some((each) => each.topic === topic));
  const shifted = shifts.flatMap((shift) => {
    const name = figureName(shift);
    return shiftFigures(analysed, name, record.scales[name] ?? {}, known.goldens);
  });
  return {
    figures: [
      ...prevalenceFigures(record, known),
      ...rates.flatMap((rate) => rateFigures(analysed, figureName(rate), known)),
      ...shifted,
    ],
    leftOut,
    cautions: studyCautions(record, known),
  };
}

/** Topics that are rarer than the study says; their shares are of the conversations with a usable answer. */
export function leftOutTopics(record: Pick<StudyRecord, 'study' | 'groups' | 'labels'>): LeftOutTopic[] {
  const n = usableConversations(record);
  return record.groups.flatMap(({ topic, conversations }) => {
    const under = topic === null ? undefined : record.study.select.left_out_under?.[topic];
    const share = n === 0 ? 0 : conversations / n;
    return topic === null || under === undefined || share >= under
      ? []
      : [{ topic, conversations, share, under }];
  });
}
