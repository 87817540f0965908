/// <reference lib="dom" />
import type { AnswerData, CaseData, ConversationData, SuiteData } from '../page-data.ts';
import type { DomKit } from './dom-kit.ts';

/**
 * What the reader shows of one case: answers against what was expected, the raw text, votes, the note and
 * the conversation with its window marked. Runs in the page: it stands alone, given the kit.
 */
export function readCase(
  kit: DomKit,
  suite: SuiteData,
  subject: CaseData,
  conversation: ConversationData | undefined,
): HTMLElement[] {
  const { node, show, showAnswers } = kit;
  const cell = (text: string, kind = 'td') => node(kind, kind === 'th' ? { scope: 'col' } : {}, text);
  const loose = (set: string) => set.replaceAll('+', ' + ');
  const table = (label: string, heads: string[], rows: HTMLElement[]) =>
    node(
      'div',
      { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': label },
      node(
        'table',
        { class: 'plain' },
        node('thead', {}, node('tr', {}, ...heads.map((head) => cell(head, 'th')))),
        node('tbody', {}, ...rows),
      ),
    );

  const outcome = (field: number): HTMLElement => {
    const change = subject.changes[field];
    const right = subject.right[field];
    if (change === 'broken') return node('td', { class: 'broken' }, '▼ broke');
    if (change === 'fixed') return node('td', { class: 'fixed' }, '▲ fixed');
    if (right === null) return cell('does not apply');
    return node('td', { class: right ? 'right' : 'wrong' }, right ? '✓ right' : '✗ wrong');
  };
  const compared = table(
    'Expected and given',
    ['Field', 'Expected', 'Before', 'Now', 'Outcome'],
    suite.fields.map(({ name }, field) =>
      node(
        'tr',
        {},
        node('th', { scope: 'row' }, name),
        cell(loose(show(subject.expected[field]))),
        cell(loose(showAnswers(subject.before, field))),
        cell(loose(showAnswers(subject.now, field))),
        outcome(field),
      ),
    ),
  );

  const answer = ({ status, reason, raw }: AnswerData, index: number): HTMLElement =>
    node(
      'div',
      {},
      ...(subject.now.length > 1 || status !== 'answered'
        ? [
            node(
              'p',
              { class: 'soft' },
              `${subject.now.length > 1 ? `Repeat ${index + 1}: ` : ''}${status}${reason === '' ? '' : `, ${reason}`}`,
            ),
          ]
        : []),
      node('pre', { class: 'raw', tabindex: '0', dir: 'auto' }, raw === '' ? '(no text kept)' : raw),
    );

  const votes = table(
    'Votes',
    ['Annotator', ...suite.fields.map(({ name }) => name), 'Sure?'],
    subject.votes.map(({ by, values, unsure }) =>
      node(
        'tr',
        {},
        node('th', { scope: 'row' }, by),
        ...suite.fields.map((_field, field) => {
          const same = show(values[field]) === show(subject.expected[field]);
          return node(
            'td',
            same ? {} : { class: 'differs' },
            `${loose(show(values[field]))}${same ? '' : ' ≠'}`,
          );
        }),
        cell(unsure ? 'unsure' : ''),
      ),
    ),
  );

  const marked = new Set(subject.marked);
  const messages = (conversation?.messages ?? []).map(({ role, content }, index) =>
    node(
      'li',
      { class: `message ${role}${marked.has(index) ? ' marked' : ''}` },
      node(
        'p',
        { class: 'role' },
        `${index + 1} ${role}`,
        ...(marked.has(index)
          ? [node('span', { class: 'pin' }, `in the ${subject.window ?? ''} window`)]
          : []),
      ),
      node('div', { class: 'said', dir: 'auto' }, content),
    ),
  );

  return [
    compared,
    ...(subject.note === null ? [] : [node('p', { class: 'note' }, node('b', {}, 'Why: '), subject.note)]),
    node('h3', {}, 'Raw answer'),
    ...subject.now.map(answer),
    node('h3', {}, 'Votes'),
    subject.votes.length === 0 ? node('p', { class: 'soft' }, 'No votes were kept.') : votes,
    node('h3', {}, 'Conversation'),
    messages.length === 0
      ? node('p', { class: 'soft' }, 'Its text is not in this report.')
      : node('ol', { class: 'conversation' }, ...messages),
  ];
}
