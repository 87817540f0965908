/// <reference lib="dom" />
import type { DomKit } from '../../report/page/browser/dom-kit.ts';
import type { CaseView, TaskView } from '../page-data.ts';

/**
 * Shows a conversation with its window marked, and to an adjudicator the votes. Runs in the page: it stands alone,
 * given the kit.
 */
export function showCase(kit: DomKit, task: TaskView, subject: CaseView): void {
  const { node, byId, show } = kit;
  /** Of the title, which stays in sight, and of a part of the message before. Pixels. */
  const TITLE_ROOM = 90;
  byId('case-title').replaceChildren(node('span', {}, `Conversation ${subject.id}`));
  const { length } = subject.messages;
  byId('length').textContent = `${length} ${length === 1 ? 'message' : 'messages'}`;
  byId('window').textContent = subject.window ?? '';
  byId('window').hidden = subject.window === null;
  const isWindowed = subject.window !== null;
  const messages = subject.messages.map(({ role, content, isMeant }, index) => {
    const state = isWindowed ? (isMeant ? ' marked' : ' aside') : '';
    const pin = isWindowed && isMeant ? [node('span', { class: 'pin' }, 'in the window')] : [];
    return node(
      'li',
      { class: `message ${role}${state}` },
      node('p', { class: 'role' }, `${index + 1} ${role}`, ...pin),
      node('div', { class: 'said', dir: 'auto' }, content),
    );
  });
  byId('messages').replaceChildren(...messages);
  byId('task-title').textContent = task.name;
  byId('task-says').textContent = task.description;
  for (const part of document.querySelectorAll<HTMLElement>('.codebook')) {
    const isMeant = part.dataset.labels === task.labels;
    // Where one read in it stays, until the task is another.
    if (isMeant && part.hidden) byId('codebook').scrollTop = 0;
    part.hidden = !isMeant;
  }
  byId('votes').replaceChildren(...(subject.votes === null ? [] : [votesTable(subject)]));
  const pane = byId('conversation');
  const marked = isWindowed ? document.querySelector<HTMLElement>('.message.marked') : null;
  pane.scrollTop = marked === null ? 0 : Math.max(0, marked.offsetTop - TITLE_ROOM);

  function votesTable({ votes, own }: CaseView): HTMLElement {
    const cell = (text: string, kind = 'td') => node(kind, kind === 'th' ? { scope: 'col' } : {}, text);
    const loose = (text: string) => text.replaceAll('+', ' + ');
    const rows = (votes ?? []).map(({ by, label, unsure, note }) =>
      node(
        'tr',
        {},
        node('th', { scope: 'row' }, by),
        ...task.fields.map(({ name }) => cell(loose(show(label[name])))),
        cell([...(unsure ? ['unsure'] : []), ...(note === undefined ? [] : [note])].join(': ')),
      ),
    );
    const standing =
      own === null
        ? []
        : [
            node(
              'tr',
              {},
              node('th', { scope: 'row' }, 'the label now'),
              ...task.fields.map(({ name }) => cell(loose(show(own.label[name])))),
              cell(''),
            ),
          ];
    return node(
      'div',
      { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Votes' },
      node(
        'table',
        {},
        node(
          'thead',
          {},
          node(
            'tr',
            {},
            cell('by', 'th'),
            ...task.fields.map(({ name }) => cell(name, 'th')),
            cell('said', 'th'),
          ),
        ),
        node('tbody', {}, ...rows, ...standing),
      ),
    );
  }
}
