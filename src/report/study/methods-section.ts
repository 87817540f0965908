import { RARE_UNDER } from '../../concerns/privacy.ts';
import type { StudyRecord } from '../../schema/study-record.ts';
import type { CorrectionMethod } from '../../study/figure.ts';
import { element, type Markup } from '../page/html.ts';
import type { StudyPageInput } from './study-page-input.ts';
import { studySection } from './study-section.ts';
import { countWords, figureWords, labelWords, oneOf } from './study-words.ts';

/** A method in words. */
interface Method {
  name: string;
  text: string;
  source: string | null;
  /** Whether a figure of this page is made by it. */
  isUsed: boolean;
}

/** How the figures were made, in words, with the sources of the methods. */
export function methodsSection(input: StudyPageInput): Markup {
  return studySection(
    'methods',
    'Methods',
    null,
    element('div', { class: 'methods' }, ...methodsOf(input).map(methodPart)),
  );
}

function methodPart({ name, text, source, isUsed }: Method): Markup {
  return element(
    'div',
    {},
    element('h3', {}, name, isUsed ? null : element('span', { class: 'soft' }, ' not used here')),
    element('p', {}, text),
    source === null ? null : element('p', { class: 'soft' }, source),
  );
}

function methodsOf({ record, figures: { figures }, concerns }: StudyPageInput): Method[] {
  const used = new Set(figures.flatMap(({ corrected }) => corrected.map(({ method }) => method)));
  const uses = (...methods: CorrectionMethod[]) => methods.some((method) => used.has(method));
  const has = (kind: string) => figures.some((figure) => figure.kind === kind);
  return [
    { name: 'What was asked', text: askedText(record), source: null, isUsed: true },
    { name: 'Funnel', text: funnelText(record), source: null, isUsed: true },
    {
      name: 'Raw shares',
      text: 'A raw share is what the model said, as a share of the conversations with a usable answer. Its 95% interval is Wilson’s: it is for chance alone, as if no answer were wrong.',
      source:
        'Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; Brown, Cai and DasGupta (2001), Stat. Sci. 16, 101-133.',
      isUsed: has('prevalence'),
    },
    {
      name: 'Labelled sample',
      text: 'Conversations of the corpus are drawn at random within each label that the model gave and labelled by people who do not see it. The share among the labelled ones of each part, weighted by the size of the part, estimates the true share whatever the errors of the model are. Conversations without a usable answer are a part too.',
      source:
        'Cochran (1977), Sampling Techniques, ch. 5 and 12; Neyman (1938), J. Am. Stat. Assoc. 33, 101-116.',
      isUsed: uses('labelled sample'),
    },
    {
      name: 'Prediction-powered inference',
      text: 'What the model said of all conversations is corrected by how far it was off on the labelled ones. The plain form trusts the model fully; the tuned form trusts it as far as makes the interval narrowest. The intervals include the error of the error rates.',
      source:
        'Angelopoulos et al. (2023), Science 382, 669-674; Angelopoulos, Duchi and Zrnic (2023), arXiv:2311.01453; Fisch et al. (2024), arXiv:2406.04291.',
      isUsed: uses('prediction-powered', 'tuned prediction-powered'),
    },
    {
      name: 'Rogan and Gladen’s estimator, by goldens',
      text: 'The true share that would give the raw one with the sensitivity and specificity that the model has on the golden conversations. It holds only if those are its error rates on this corpus too. Goldens are chosen to be hard and to have every label, so they are no random sample of it: read these values as what errors could do. The intervals include the error of the error rates; where no share goes with the counts, the value is called impossible.',
      source:
        'Rogan and Gladen (1978), Am. J. Epidemiol. 107, 71-76; intervals by Zou and Donner (2008), Stat. Med. 27, 1693-1702.',
      isUsed: uses('Rogan-Gladen by goldens'),
    },
    {
      name: 'Shifts',
      text: 'Each conversation is asked about twice, at its beginning and at its end, and each level has a value. The shift is the mean of the later values minus that of the earlier ones. Its 95% interval is a bootstrap over conversations with n = 1000 resamples, widened for small groups.',
      source:
        'Efron and Tibshirani (1993), An Introduction to the Bootstrap; Hesterberg (2015), Am. Stat. 69, 371-386.',
      isUsed: has('shift'),
    },
    {
      name: 'Topics without persons',
      text: concernsText(concerns?.min_group ?? null),
      source: 'After Tamkin et al. (2024), Clio, arXiv:2412.13678.',
      isUsed: concerns !== null,
    },
  ];
}

function askedText({ model, study: { select, rates = [], shifts = [] } }: StudyRecord): string {
  const further = [
    ...rates.map(({ suite, field }) => `${suite} (${labelWords(field)})`),
    ...shifts.map(
      ({ suite, field, from, to }) =>
        `${suite} (${labelWords(field)}, ${labelWords(from)} and ${labelWords(to)})`,
    ),
  ];
  const rest =
    further.length === 0 ? '' : ` Of the kept ones it was then asked: ${[...new Set(further)].join('; ')}.`;
  return `${model} was asked the question of ${select.suite} about every conversation, each on its own, with the prompt whose fingerprint stands in the summary.${rest} Every answer has to fit a schema; one that does not is unusable, and is never guessed at.`;
}

function funnelText({ study: { select, longest } }: StudyRecord): string {
  const { field, drop, keep, at_least: atLeast = {}, topics, left_out_under: under = {} } = select;
  const sentences = [
    drop.length > 0 ? `Conversations whose ${labelWords(field)} is ${oneOf(drop)} are dropped first.` : null,
    `Those labelled ${oneOf(keep)} are kept.`,
    ...Object.entries(atLeast).map(
      ([label, least]) => `${labelWords(label)} is kept only with ${least} or more human messages.`,
    ),
    topics === undefined
      ? 'The topic of a conversation is its label.'
      : `A conversation may have several topics (${labelWords(topics)}) and counts in each of them.`,
    ...Object.entries(under).map(
      ([topic, share]) =>
        `${labelWords(topic)} is left out of what is by topic where it is under ${figureWords('prevalence', share, null)} of all.`,
    ),
    longest === undefined
      ? null
      : `Of conversations over ${countWords(longest)} characters the beginning and the end are read, and the middle is left out.`,
  ];
  return sentences
    .filter((sentence) => sentence !== null)
    .map((sentence) => sentence.charAt(0).toUpperCase() + sentence.slice(1))
    .join(' ');
}

function concernsText(minGroup: number | null): string {
  const size = minGroup === null ? 'a smallest size' : `${minGroup} conversations`;
  return `The model writes one general line about each kept conversation; the line itself is never shown. Lines are grouped by the words they share. A group under ${size} is merged with its neighbour or dropped. Every name that is shown has passed a check for what may identify a person: contacts, numbers, names, capitals, and words that fewer than ${RARE_UNDER} conversations write.`;
}
