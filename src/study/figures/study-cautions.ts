import type { StudyRecord } from '../../schema/study-record.ts';
import { plural } from '../../score/metric-text.ts';
import { showFigure } from '../figure-text.ts';
import type { LabelledSample } from '../labelled-sample.ts';
import type { KnownErrors } from './known-errors.ts';
import { usableConversations } from './prevalence-figures.ts';

/** What holds for all figures of a study, in sentences. */
export function studyCautions(record: StudyRecord, { goldens, sample }: KnownErrors): string[] {
  const cautions: string[] = [];
  if (record.model === 'embedded')
    cautions.push('embedded is a floor, not a judge: it matches words and reads nothing.');
  cautions.push(...unusable(record));
  cautions.push(...repeated(record));
  if (record.corpus.cut > 0)
    cautions.push(`Of ${plural(record.corpus.cut, 'conversation')} the middle was left out, being too long.`);
  if (record.study.select.topics !== undefined)
    cautions.push('A conversation of several topics counts in each of them.');
  cautions.push(
    'Intervals (95%) of raw figures are for chance alone; they do not include the errors of the model.',
  );
  if (sample !== null) cautions.push(...ofSample(sample));
  if (goldens !== null)
    cautions.push(
      `Error rates on the goldens are not those of this corpus: goldens are chosen to be hard and to have every label, and are no random sample of it. Read what they correct (*) as what errors could do, not as an estimate.${sample === null ? ' Label a sample instead: touchstone study sample.' : ''}`,
    );
  if (goldens !== null || sample !== null) cautions.push('Reasons and shifts are not corrected.');
  else cautions.push('Nothing is known of the errors, so no figure is corrected: touchstone study sample.');
  return cautions;
}

/** Ids that start anew in every file of a corpus would leave out most of it. */
function repeated({ corpus }: StudyRecord): string[] {
  if (corpus.repeated === 0) return [];
  const share = showFigure('prevalence', corpus.repeated / (corpus.conversations + corpus.repeated), null);
  return [
    `Not counted, since the id came before: ${plural(corpus.repeated, 'conversation')} (${share}). Where they are other conversations, give them ids of their own; without an id, those of one text count once.`,
  ];
}

function unusable(record: StudyRecord): string[] {
  const { conversations } = record.corpus;
  const without = conversations - usableConversations(record);
  const cautions: string[] = [];
  if (without > 0)
    cautions.push(
      `Without a usable answer, and so in no raw share: ${plural(without, 'conversation')} of ${conversations.toLocaleString('en')} (${showFigure('prevalence', without / conversations, null)}). A labelled sample covers them.`,
    );
  for (const { suite, answered, ...others } of record.questions.filter(isFurther(record))) {
    const lost = others.invalid + others.refused + others.failed;
    if (lost === 0) continue;
    const share = showFigure('prevalence', lost / (lost + answered), null);
    cautions.push(
      `Without a usable answer, and left out: ${plural(lost, 'question')} of ${suite} (${share}).`,
    );
  }
  const failed = record.questions.reduce((sum, each) => sum + each.failed, 0);
  if (failed > 0)
    cautions.push(
      `${plural(failed, 'question')} failed: type the same touchstone study run to ask them again.`,
    );
  return cautions;
}

function isFurther({ study }: StudyRecord): (questions: StudyRecord['questions'][number]) => boolean {
  return ({ suite }) => suite !== study.select.suite;
}

function ofSample({ drawn, unfilled, unsure }: LabelledSample): string[] {
  const cautions: string[] = [];
  if (unfilled > 0)
    cautions.push(
      `Without a label, and left out: ${unfilled} of the ${plural(drawn, 'conversation')} drawn. That is only right if they are left out at random, and not because they are hard.`,
    );
  if (unsure > 0)
    cautions.push(`Marked unsure, and counted all the same: ${plural(unsure, 'label')} of the sample.`);
  return cautions;
}
