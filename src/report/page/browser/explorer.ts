/// <reference lib="dom" />
import type { CaseData, ConversationData, PageData, SuiteData } from '../page-data.ts';
import type { CaseFilter, FoundCase, filterCases } from './case-filter.ts';
import type { DomKit } from './dom-kit.ts';
import type { readCase } from './reader.ts';

/** What the list of cases is made with; handed in, for each part of the script stands alone. */
export interface ExplorerParts {
  kit: DomKit;
  filterCases: typeof filterCases;
  readCase: typeof readCase;
}

/** The list of cases as other parts of the page steer it. */
export interface Explorer {
  /** Replaces the filter and goes to the list. */
  show(filter: Partial<CaseFilter>): void;
  /** Opens a case by its place in the list (j and k), or a named one. */
  move(step: 1 | -1): void;
  openNamed(suite: number, id: string): void;
}

/** Wires filters, list and reader. Runs in the page. */
export function startExplorer(data: PageData, parts: ExplorerParts): Explorer {
  const { kit, filterCases, readCase } = parts;
  const { node, byId, show, showAnswers } = kit;
  const PAGE = 50;
  const conversations = new Map(
    data.conversations.map((each): [string, ConversationData] => [each.id, each]),
  );
  const texts = new Map<CaseData, string>();
  const form = byId<HTMLFormElement>('filters');
  const list = byId('cases');
  const dialog = byId<HTMLDialogElement>('reader');
  let found: FoundCase[] = [];
  let at = 0;

  const caseOf = ({ suite, index }: FoundCase): [SuiteData, CaseData] => {
    const place = data.suites[suite];
    const subject = place?.cases[index];
    if (place === undefined || subject === undefined) throw new Error('no such case');
    return [place, subject];
  };
  const textOf = (suite: number, subject: CaseData): string => {
    const known = texts.get(subject);
    if (known !== undefined) return known;
    const fields = data.suites[suite]?.fields ?? [];
    const text = [
      subject.id,
      ...subject.tags,
      subject.note ?? '',
      ...fields.flatMap((_field, field) => [show(subject.expected[field]), showAnswers(subject.now, field)]),
      ...subject.now.map(({ raw }) => raw),
      ...(conversations.get(subject.conversation)?.messages.map(({ content }) => content) ?? []),
    ]
      .join('\n')
      .toLowerCase();
    texts.set(subject, text);
    return text;
  };
  const control = (name: string): HTMLInputElement | HTMLSelectElement => byId(`filter-${name}`);
  const readFilter = (): CaseFilter => {
    const value = (name: string) => control(name).value;
    return {
      show: value('show') as CaseFilter['show'],
      scope: value('scope'),
      expected: value('expected'),
      given: value('given'),
      tag: value('tag'),
      lang: value('lang'),
      window: value('window'),
      search: value('search'),
    };
  };

  const row = (place: FoundCase, position: number): HTMLElement => {
    const [suite, subject] = caseOf(place);
    const first = place.fields[0] ?? 0;
    const changes = place.fields.map((field) => subject.changes[field]);
    const change = changes.find((each) => each === 'broken') ?? changes.find((each) => each != null);
    const right = place.fields.every((field) => subject.right[field] !== false);
    const [kind, word] =
      change === 'broken'
        ? ['broken', '▼ broke']
        : change === 'fixed'
          ? ['fixed', '▲ fixed']
          : right
            ? ['right', '✓ right']
            : ['wrong', '✗ wrong'];
    const opening = conversations.get(subject.conversation)?.messages[0]?.content ?? '';
    const moved = place.fields.map((field) => {
      const name = place.fields.length > 1 || suite.fields.length > 1 ? `${suite.fields[field]?.name}: ` : '';
      const past = subject.changes[field] === null ? '' : `${showAnswers(subject.before, field)} → `;
      return `${name}${past}${showAnswers(subject.now, field)}, expected ${show(subject.expected[field])}`;
    });
    const button = node(
      'button',
      { type: 'button', class: 'case', 'data-position': String(position) },
      node('span', { class: `mark ${kind}` }, word),
      node('span', { class: 'id' }, subject.id),
      node(
        'span',
        { class: 'moved' },
        moved[place.fields.indexOf(first)] ?? '',
        moved.length > 1 ? ` (and ${moved.length - 1} more)` : '',
      ),
      node('span', { class: 'opening', dir: 'auto' }, opening.slice(0, 160)),
    );
    button.title = moved.join('\n');
    return node('li', {}, button);
  };

  const draw = () => {
    const start = Math.floor(at / PAGE) * PAGE;
    list.replaceChildren(
      ...found.slice(start, start + PAGE).map((place, index) => row(place, start + index)),
    );
    const end = Math.min(start + PAGE, found.length);
    byId('found').textContent =
      found.length === 0
        ? 'No case fits these filters.'
        : `${found.length.toLocaleString('en')} ${found.length === 1 ? 'case' : 'cases'}${found.length > PAGE ? `, ${start + 1} to ${end} shown` : ''}`;
    byId<HTMLButtonElement>('page-back').disabled = start === 0;
    byId<HTMLButtonElement>('page-on').disabled = end >= found.length;
    byId('pager').hidden = found.length <= PAGE;
    mark();
  };
  const mark = () => {
    for (const button of list.querySelectorAll('button.case'))
      if (button.getAttribute('data-position') === String(at)) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
  };
  const refresh = () => {
    found = filterCases(data, readFilter(), textOf);
    at = 0;
    draw();
  };
  const goTo = (position: number) => {
    const past = Math.floor(at / PAGE);
    at = Math.max(0, Math.min(found.length - 1, position));
    if (Math.floor(at / PAGE) === past) mark();
    else draw();
  };
  const focusRow = () => list.querySelector<HTMLElement>('button[aria-current]')?.focus();
  const fill = (place: FoundCase, where: string) => {
    const [suite, subject] = caseOf(place);
    const conversation = conversations.get(subject.conversation);
    const facts = [
      suite.name,
      subject.window === null ? '' : `${subject.window} window`,
      subject.lang,
      conversation === undefined ? '' : `family ${conversation.family}`,
      ...subject.tags,
    ];
    byId('reader-title').replaceChildren(...node('span', {}, subject.id).childNodes);
    byId('reader-facts').replaceChildren(...node('span', {}, facts.filter(Boolean).join(' · ')).childNodes);
    byId('reader-place').textContent = where;
    byId('reader-body').replaceChildren(...readCase(kit, suite, subject, conversation));
    byId('reader-body').scrollTop = 0;
    if (!dialog.open) dialog.showModal();
  };
  const open = () => {
    const place = found[at];
    if (place !== undefined) fill(place, `${at + 1} of ${found.length}`);
  };

  form.addEventListener('input', refresh);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(refresh));
  list.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button.case') : null;
    if (button === null) return;
    goTo(Number(button.getAttribute('data-position')));
    open();
  });
  dialog.addEventListener('close', focusRow);
  const page = (step: number) => goTo((Math.floor(at / PAGE) + step) * PAGE);
  byId('page-back').addEventListener('click', () => page(-1));
  byId('page-on').addEventListener('click', () => page(1));
  refresh();

  return {
    show(filter) {
      form.reset();
      for (const [name, value] of Object.entries(filter)) control(name).value = value;
      refresh();
      byId('cases-title').focus();
      byId('cases-title').scrollIntoView();
    },
    move(step) {
      const isMarked = list.contains(document.activeElement) || dialog.open;
      goTo(isMarked ? at + step : at);
      if (dialog.open) open();
      else focusRow();
    },
    openNamed(suite, id) {
      const index = data.suites[suite]?.cases.findIndex((each) => each.id === id) ?? -1;
      if (index >= 0) fill({ suite, index, fields: [] }, '');
    },
  };
}
