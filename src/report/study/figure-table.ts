import { plural } from '../../score/metric-text.ts';
import type { CorrectedFigure, StudyFigure } from '../../study/figure.ts';
import { element, join, type Markup } from '../page/html.ts';
import { plainTable } from '../page/plot-chart.ts';
import type { FigureNotes } from './figure-notes.ts';
import { countWords, figureWords, topicWords } from './study-words.ts';

/**
 * Figures of topics in a table: raw, and beside it every correction with its method, the best first.
 *
 * @param counted what is said under the topic of a figure
 */
export function figureTable(
  name: string,
  figures: readonly StudyFigure[],
  { marks }: FigureNotes,
  counted: (figure: StudyFigure) => string,
): Markup {
  const table = plainTable(
    name,
    ['Topic', 'Raw (95%)', 'Corrected (95%)'],
    figures.map((figure) => [
      join([topicWords(figure.topic), element('small', {}, counted(figure))]),
      figureCell(figureWords(figure.kind, figure.raw.value, figure.raw.interval)),
      join([correctedLines(figure), marks(figure)]),
    ]),
  );
  return element('div', { class: 'figures' }, table);
}

/** A value and its interval, which is never broken over two lines. */
export function figureCell(words: string): Markup {
  const [value = '', ...rest] = words.split(' (');
  return join([
    value,
    ...rest.map((each) => join([' ', element('span', { class: 'unbroken' }, `(${each}`)])),
  ]);
}

function correctedLines({ kind, corrected }: StudyFigure): Markup {
  if (corrected.length === 0) return element('span', { class: 'soft' }, 'not corrected');
  return join(
    corrected.map((each, index) =>
      element(
        'span',
        { class: index === 0 ? 'best' : 'other' },
        figureCell(correctedWords(kind, each)),
        element('span', { class: 'soft' }, ` ${methodWords(each)}`),
      ),
    ),
  );
}

/** The value and its interval; one without an interval means nothing, so it is not shown. */
export function correctedWords(kind: StudyFigure['kind'], { value, interval }: CorrectedFigure): string {
  return interval === null ? 'impossible' : figureWords(kind, value, interval);
}

/** `labelled sample, 400 labelled`; the star is that of the caution about all goldens. */
export function methodWords({ method, labelled }: CorrectedFigure): string {
  return method === 'Rogan-Gladen by goldens'
    ? `Rogan-Gladen*, ${plural(labelled, 'golden')}`
    : `${method}, ${countWords(labelled)} labelled`;
}
