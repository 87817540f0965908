import type { StudyFigure } from '../../study/figure.ts';
import { element, join, type Markup } from '../page/html.ts';

/** The cautions of some figures, each written once and pointed at from every figure that it is about. */
export interface FigureNotes {
  /** Stands in sight, above the figures; null where there is no caution. */
  list: Markup | null;
  /** Goes behind a figure: `[1] [3]`; null where nothing is to be said of it. */
  marks(figure: StudyFigure): Markup | null;
}

/** @param section begins the ids of the notes; no other notes of the page may have it */
export function figureNotes(section: string, figures: readonly StudyFigure[]): FigureNotes {
  const cautions = [...new Set(figures.flatMap((figure) => figure.cautions))];
  const idOf = (number: number) => `${section}-note-${number}`;
  return {
    list:
      cautions.length === 0
        ? null
        : element(
            'div',
            { class: 'caution notes' },
            ...cautions.map((caution, index) =>
              element('p', { id: idOf(index + 1) }, element('b', {}, `[${index + 1}] `), caution),
            ),
          ),
    marks({ cautions: own }) {
      const numbers = [...new Set(own)].map((caution) => cautions.indexOf(caution) + 1).sort((a, b) => a - b);
      if (numbers.length === 0) return null;
      return element(
        'span',
        { class: 'marks' },
        ...numbers.map((number) =>
          join([
            ' ',
            element('a', { href: `#${idOf(number)}`, 'aria-label': `Note ${number}` }, `[${number}]`),
          ]),
        ),
      );
    },
  };
}
