import { createHash } from 'node:crypto';
import { COLOUR_STYLE } from '../report/page/colour-style.ts';
import { element, type Markup } from '../report/page/html.ts';
import { type Block, codebookFor } from './codebook.ts';
import { codebookMarkup } from './codebook-markup.ts';
import { LABEL_SCRIPT } from './label-script.ts';
import { LABEL_STYLE } from './label-style.ts';
import type { TaskView } from './page-data.ts';

const STYLE = COLOUR_STYLE + LABEL_STYLE;

/** What the keys do, as the page says it. */
const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['1 to 9, 0, letters', 'choose in the field that is lit; in a set, put in or take out'],
  ['Tab, arrows', 'go to the next or the previous field'],
  ['Enter', 'save and go on'],
  ['Backspace', 'back to the case before'],
  ['s', 'skip this case for now'],
  ['u', 'mark your vote unsure'],
  ['n', 'write a note; Escape leaves it'],
  ['j, k, Home, End', 'move the conversation down, up, to its start, to its end'],
  ['c', 'go to the codebook; Escape leaves it'],
  ['?', 'these keys'],
];

/** What the server must say that a page may do: its own style and script, and asking its own server. */
export const LABEL_POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(LABEL_SCRIPT)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The page on which one labels: its frame and the codebook of each task. Cases come later, as JSON.
 *
 * @param codebook null where there is none
 * @param suites names of all suites, whose sections are left out of a codebook that is not theirs
 */
export function labelPage(
  tasks: readonly TaskView[],
  codebook: readonly Block[] | null,
  { isAdjudicating, suites }: { isAdjudicating: boolean; suites: readonly string[] },
): string {
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    { markup: '<link rel="icon" href="data:,">' },
    element('title', {}, isAdjudicating ? 'Adjudicate' : 'Label'),
    { markup: `<style>${STYLE}</style>` },
  );
  const body = element(
    'body',
    {},
    element('a', { class: 'skip', href: '#answer' }, 'To the fields'),
    bar(isAdjudicating),
    element(
      'main',
      {},
      conversationPart(),
      answerPart(isAdjudicating),
      codebookPart(tasks, codebook, suites),
      overPart(),
    ),
    keysDialog(),
    { markup: `<script>${LABEL_SCRIPT}</script>` },
  );
  return `<!doctype html>\n${element('html', { lang: 'en' }, head, body).markup}\n`;
}

function bar(isAdjudicating: boolean): Markup {
  return element(
    'header',
    { class: 'bar' },
    element('h1', {}, isAdjudicating ? 'Adjudicate' : 'Label', element('span', { class: 'soft', id: 'who' })),
    element('p', { id: 'place', role: 'status' }),
    element('progress', { id: 'progress', max: 1, value: 0, 'aria-label': 'Cases done' }),
    button('help', 'Keys', '?'),
    element('button', { type: 'button', id: 'theme', 'aria-label': 'Light or dark' }, '◐'),
  );
}

function conversationPart(): Markup {
  return element(
    'section',
    { id: 'conversation', tabindex: 0, 'aria-labelledby': 'case-title' },
    element(
      'div',
      { class: 'case' },
      element('h2', { id: 'case-title' }, 'Conversation'),
      element('p', { id: 'length', class: 'soft' }),
      element('p', { id: 'window' }),
    ),
    element('ol', { id: 'messages' }),
  );
}

function answerPart(isAdjudicating: boolean): Markup {
  return element(
    'section',
    { id: 'answer', 'aria-labelledby': 'task-title' },
    element('h2', { id: 'task-title' }, 'Label'),
    element('p', { id: 'task-says', class: 'soft' }),
    element('div', { id: 'votes' }),
    element('form', { id: 'fields' }),
    isAdjudicating
      ? null
      : element(
          'label',
          { class: 'option unsure' },
          element('input', { type: 'checkbox', id: 'unsure' }),
          element('kbd', {}, 'u'),
          'unsure',
        ),
    element('label', { class: 'note', for: 'note' }, element('kbd', {}, 'n'), ' note'),
    element('input', { type: 'text', id: 'note', maxlength: 2000, autocomplete: 'off', dir: 'auto' }),
    element('p', { id: 'said', role: 'alert' }),
    element(
      'div',
      { class: 'buttons' },
      button('save', isAdjudicating ? 'Decide' : 'Save', 'Enter'),
      button('back', 'Back', '⌫'),
      button('skip', 'Skip', 's'),
    ),
  );
}

function codebookPart(
  tasks: readonly TaskView[],
  codebook: readonly Block[] | null,
  suites: readonly string[],
): Markup {
  return element(
    'section',
    { id: 'codebook', tabindex: 0, 'aria-labelledby': 'codebook-title' },
    element('h2', { id: 'codebook-title' }, 'Codebook ', element('kbd', {}, 'c')),
    ...tasks.map(({ labels, name }) => {
      const others = suites.filter((suite) => suite !== name);
      return element(
        'div',
        { class: 'codebook', 'data-labels': labels, hidden: true },
        codebook === null
          ? element('p', {}, 'There is no CODEBOOK.md beside the conversations.')
          : codebookMarkup(codebookFor(codebook, name, others)),
      );
    }),
  );
}

function overPart(): Markup {
  return element(
    'section',
    { id: 'over', tabindex: -1, hidden: true, 'aria-labelledby': 'over-title' },
    element('h2', { id: 'over-title' }, 'Nothing is left'),
    element('p', { id: 'over-says' }),
    element(
      'p',
      {},
      element('kbd', {}, 'Backspace'),
      ' goes back through the cases; Ctrl-C in the terminal ends the program.',
    ),
  );
}

function keysDialog(): Markup {
  return element(
    'dialog',
    { id: 'keys', 'aria-labelledby': 'keys-title' },
    element('h2', { id: 'keys-title' }, 'Keys'),
    element('dl', {}, ...KEYS.flatMap(([keys, what]) => [element('dt', {}, keys), element('dd', {}, what)])),
    element('button', { type: 'button', id: 'keys-close' }, 'Close'),
  );
}

function button(id: string, text: string, key: string): Markup {
  return element(
    'button',
    { type: 'button', id },
    `${text} `,
    element('kbd', { 'aria-hidden': 'true' }, key),
  );
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
