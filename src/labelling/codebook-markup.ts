import { element, join, type Markup } from '../report/page/html.ts';
import type { Block, Span } from './codebook.ts';

const STYLES: Readonly<Record<Exclude<Span['style'], 'plain'>, string>> = {
  strong: 'strong',
  emphasis: 'em',
  code: 'code',
};

/** Blocks of a codebook as HTML, all of their text escaped; headings begin at level 3, and its title is left out. */
export function codebookMarkup(blocks: readonly Block[]): Markup {
  return join(blocks.filter((block) => block.kind !== 'heading' || block.level > 1).map(blockMarkup));
}

function blockMarkup(block: Block): Markup {
  switch (block.kind) {
    case 'heading':
      return element(block.level === 2 ? 'h3' : 'h4', {}, ...spansMarkup(block.spans));
    case 'paragraph':
      return element('p', { dir: 'auto' }, ...spansMarkup(block.spans));
    case 'code':
      return element('pre', {}, block.text);
    case 'list': {
      const items = block.items.map((spans) => element('li', {}, ...spansMarkup(spans)));
      return element(block.ordered ? 'ol' : 'ul', {}, ...items);
    }
    case 'table':
      return element(
        'table',
        {},
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            ...block.head.map((spans) => element('th', { scope: 'col' }, ...spansMarkup(spans))),
          ),
        ),
        element(
          'tbody',
          {},
          ...block.rows.map((row) =>
            element('tr', {}, ...row.map((spans) => element('td', {}, ...spansMarkup(spans)))),
          ),
        ),
      );
  }
}

function spansMarkup(spans: readonly Span[]): (Markup | string)[] {
  return spans.map(({ text, style }) => (style === 'plain' ? text : element(STYLES[style], {}, text)));
}
