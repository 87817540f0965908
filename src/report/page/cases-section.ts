import type { CaseFilter } from './browser/case-filter.ts';
import { element, type Markup } from './html.ts';
import type { PageData } from './page-data.ts';

const SHOWN: Readonly<Record<CaseFilter['show'], string>> = {
  flips: 'What changed sides',
  broken: 'What broke',
  fixed: 'What was fixed',
  wrong: 'What is wrong now',
  split: 'Where votes are split',
  against: 'Where all answers oppose the label',
  unstable: 'Where repeats differ',
  all: 'Every case',
};

/** Filters, an empty list and an empty reader; the page's script fills them from the data. */
export function casesSection(data: PageData): Markup {
  const flips = data.suites.flatMap(({ cases }) => cases.flatMap(({ changes }) => changes));
  const broken = flips.filter((change) => change === 'broken').length;
  const fixed = flips.filter((change) => change === 'fixed').length;
  return element(
    'section',
    { id: 'flips', 'aria-labelledby': 'cases-title' },
    element('h2', { id: 'cases-title', tabindex: -1 }, 'Flips and cases'),
    element('p', { class: 'lead' }, flipSentence(data, broken, fixed)),
    element(
      'noscript',
      {},
      element('p', { class: 'caution' }, 'The list of cases needs the script of this page.'),
    ),
    filters(data, broken + fixed > 0 ? 'flips' : 'wrong'),
    element('p', { id: 'found', role: 'status', class: 'soft' }),
    element('ol', { id: 'cases', 'aria-label': 'Cases' }),
    element(
      'div',
      { id: 'pager', hidden: true },
      element('button', { type: 'button', id: 'page-back' }, '← Earlier'),
      element('button', { type: 'button', id: 'page-on' }, 'Later →'),
    ),
    reader(),
  );
}

function flipSentence({ suites }: PageData, broken: number, fixed: number): string {
  const compared = suites.some(({ cases }) => cases.some(({ before }) => before !== null));
  if (!compared) return 'Nothing was accepted yet, so there is nothing to have changed sides.';
  if (broken + fixed === 0) return 'No answer changed sides since the baseline.';
  return `Since the baseline ${broken} ${broken === 1 ? 'answer' : 'answers'} broke and ${fixed} ${fixed === 1 ? 'was' : 'were'} fixed, counting each field by itself.`;
}

function filters({ suites }: PageData, first: CaseFilter['show']): Markup {
  const every = suites.flatMap(({ cases }) => cases);
  const classes = sorted(
    suites.flatMap(({ fields }) => fields.flatMap((field) => field.classes)),
    false,
  );
  const scopes = suites.flatMap(({ name, fields }, suite): [string, string][] => [
    [String(suite), name],
    ...(fields.length === 1
      ? []
      : fields.map((field, index): [string, string] => [`${suite}.${index}`, `${name}: ${field.name}`])),
  ]);
  const named = (names: string[]) => names.map((name): [string, string] => [name, name]);
  const windows = sorted(every.flatMap(({ window }) => (window === null ? [] : [window])));
  const repeated = every.some(({ now }) => now.length > 1);
  const shown = Object.entries(SHOWN).filter(([show]) => repeated || show !== 'unstable');
  return element(
    'form',
    { id: 'filters', autocomplete: 'off' },
    choice('show', 'Show', shown, first),
    choice('scope', 'Suite', [['', 'every suite'], ...scopes]),
    choice('expected', 'Expected', [['', 'anything'], ...named(classes)]),
    choice('given', 'Given', [['', 'anything'], ...named([...classes, 'invalid'])]),
    choice('tag', 'Tag', [['', 'any'], ...named(sorted(every.flatMap(({ tags }) => tags)))]),
    choice('lang', 'Language', [['', 'any'], ...named(sorted(every.map(({ lang }) => lang)))]),
    choice('window', 'Window', [['', 'any'], ...named(windows)], '', windows.length === 0),
    element(
      'label',
      { class: 'search' },
      element('span', {}, 'Search ', element('kbd', {}, '/')),
      element('input', {
        type: 'search',
        id: 'filter-search',
        name: 'search',
        placeholder: 'id, text, answer, note',
      }),
    ),
    element('button', { type: 'reset' }, 'Reset'),
    element(
      'p',
      { class: 'keys soft' },
      ...['j', 'k'].map((key) => element('kbd', {}, key)),
      ' next and previous, ',
      element('kbd', {}, 'Enter'),
      ' open, ',
      element('kbd', {}, 'Esc'),
      ' close',
    ),
  );
}

function choice(
  name: keyof CaseFilter,
  label: string,
  options: readonly (readonly [string, string])[],
  selected = '',
  hidden = false,
): Markup {
  return element(
    'label',
    { hidden },
    element('span', {}, label),
    element(
      'select',
      { id: `filter-${name}`, name },
      ...options.map(([value, text]) => element('option', { value, selected: value === selected }, text)),
    ),
  );
}

function reader(): Markup {
  const button = (id: string, label: string, text: string) =>
    element('button', { type: 'button', id, 'aria-label': label }, text);
  return element(
    'dialog',
    { id: 'reader', 'aria-labelledby': 'reader-title' },
    element(
      'header',
      {},
      element(
        'div',
        {},
        element('h2', { id: 'reader-title' }, 'Case'),
        element('p', { id: 'reader-facts', class: 'soft' }),
      ),
      element('span', { id: 'reader-place', class: 'soft' }),
      button('reader-back', 'Previous case (k)', '↑'),
      button('reader-on', 'Next case (j)', '↓'),
      button('reader-close', 'Close (Esc)', '✕'),
    ),
    element('div', { id: 'reader-body', autofocus: true, tabindex: 0, role: 'group', 'aria-label': 'Case' }),
  );
}

/** Each name once; in order of the alphabet unless they have an order of their own. */
function sorted(names: readonly string[], byName = true): string[] {
  const once = [...new Set(names)];
  return byName ? once.sort() : once;
}
