/// <reference lib="dom" />
import type { DomKit } from '../../report/page/browser/dom-kit.ts';
import type { CaseView, Progress, SavedAnswer, SessionView } from '../page-data.ts';
import type { AnswerForm, makeForm } from './answer-form.ts';
import type { showCase } from './case-view.ts';
import type { readDraft } from './draft.ts';

export interface LabellingParts {
  kit: DomKit;
  readDraft: typeof readDraft;
  makeForm: typeof makeForm;
  showCase: typeof showCase;
}

/** Wires keys, buttons and the server. Runs in the page. */
export async function startLabelling({ kit, readDraft, makeForm, showCase }: LabellingParts): Promise<void> {
  const { byId } = kit;
  const note = byId<HTMLInputElement>('note');
  const unsure = document.querySelector<HTMLInputElement>('#unsure');
  const keys = byId<HTMLDialogElement>('keys');
  const conversation = byId('conversation');
  /** Answers that were begun and not saved, by place in the queue. */
  const drafts = new Map<number, Pick<SavedAnswer, 'unsure' | 'note'> & { draft: SavedAnswer['label'] }>();
  let session: SessionView;
  let current: { subject: CaseView; form: AnswerForm } | null = null;
  let isBusy = true;

  const say = (text: string) => {
    byId('said').textContent = text;
  };
  /** What the server gives; a sentence for the annotator is thrown where it gives nothing usable. */
  async function ask<T>(path: string, body?: SavedAnswer): Promise<T> {
    const sent = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    };
    const response = await fetch(path, body === undefined ? {} : sent).catch(() => {
      throw new Error('The labelling program does not answer. Is it still running?');
    });
    const given = await response.json();
    if (response.ok) return given;
    const places = Array.isArray(given.places) ? `: ${given.places.join(', ')}. The terminal says why` : '';
    throw new Error(`${given.error}${places}.`);
  }

  function remember(): void {
    if (current === null) return;
    const { subject, form } = current;
    drafts.set(subject.at, { draft: form.draft(), unsure: unsure?.checked ?? false, note: note.value });
  }

  function showProgress({ done, total }: Progress, at: number | null): void {
    byId('place').textContent =
      at === null ? `${done} of ${total} done` : `${at + 1} of ${total}, ${done} done`;
    const bar = byId<HTMLProgressElement>('progress');
    bar.max = Math.max(1, total);
    bar.value = done;
  }

  function showOver(progress: Progress): void {
    current = null;
    showProgress(progress, null);
    for (const id of ['conversation', 'answer', 'codebook']) byId(id).hidden = true;
    byId('over').hidden = false;
    byId('over-says').textContent = session.isAdjudicating
      ? `${progress.done} of ${progress.total} cases are decided.`
      : `${session.annotator}, ${progress.done} of ${progress.total} cases have your vote.`;
    byId('over').focus();
    document.documentElement.dataset.at = 'over';
  }

  async function open(at: number): Promise<void> {
    const subject = await ask<CaseView>(`api/case?at=${at}`);
    const task = session.tasks.find(({ labels }) => labels === subject.labels);
    if (task === undefined) throw new Error(`There is no task for ${subject.labels}.`);
    for (const id of ['conversation', 'answer', 'codebook']) byId(id).hidden = false;
    byId('over').hidden = true;
    const begun = drafts.get(at);
    const form = makeForm(kit, readDraft, task, begun?.draft ?? subject.own?.label ?? {});
    if (unsure !== null) unsure.checked = begun?.unsure ?? subject.own?.unsure ?? false;
    note.value = begun?.note ?? subject.own?.note ?? '';
    current = { subject, form };
    showCase(kit, task, subject);
    showProgress(subject, at);
    say('');
    form.focus(task.fields[0]?.name ?? null);
    // One reads before one chooses: where the panes lie below each other, the conversation is the first.
    scrollTo(0, 0);
    document.documentElement.dataset.at = String(at);
  }

  /** Does one thing at a time: a key that is pressed while the next case is not there yet is not meant for it. */
  async function alone(work: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    document.documentElement.dataset.busy = '';
    try {
      await work();
    } catch (error) {
      say(`${error instanceof Error ? error.message : error} Your answer is kept on this page.`);
    } finally {
      isBusy = false;
      delete document.documentElement.dataset.busy;
    }
  }

  const save = () =>
    alone(async () => {
      if (current === null) return;
      const { subject, form } = current;
      const { label, missing } = form.read();
      const [first] = missing;
      if (first !== undefined) {
        form.focus(first);
        say(`Choose ${missing.join(', ')} first.`);
        return;
      }
      const { at } = subject;
      remember();
      const progress = await ask<Progress>('api/answer', {
        ...{ at, label, unsure: unsure?.checked ?? false, note: note.value },
      });
      drafts.delete(at);
      if (progress.next === null) showOver(progress);
      else await open(progress.next);
    });
  const skip = () =>
    alone(async () => {
      if (current === null) return;
      const { at, next } = current.subject;
      remember();
      if (next === null || next === at) say('This is the last one that is left.');
      else await open(next);
    });
  const back = () =>
    alone(async () => {
      const at = current === null ? session.total : current.subject.at;
      remember();
      if (at > 0) await open(at - 1);
      else say('This is the first one.');
    });

  const scroll = (step: number) => conversation.scrollBy({ top: step * conversation.clientHeight * 0.8 });
  const KEYS: Record<string, () => unknown> = {
    Enter: save,
    Backspace: back,
    s: skip,
    u: () => unsure?.click(),
    n: () => note.focus(),
    c: () => byId('codebook').focus(),
    j: () => scroll(1),
    k: () => scroll(-1),
    Home: () => conversation.scrollTo({ top: 0 }),
    End: () => conversation.scrollTo({ top: conversation.scrollHeight }),
    PageDown: () => scroll(1),
    PageUp: () => scroll(-1),
    '?': () => keys.showModal(),
    Escape: () => current?.form.focus(null),
  };
  const MOVES: Record<string, 1 | -1> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keys.open) return;
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    const { key } = event;
    if (target === note && key !== 'Enter' && key !== 'Escape') return;
    if (key === 'Enter' && target.closest('button, a') !== null) return;
    const reads = target.closest('#codebook, #conversation, #votes') !== null;
    if (reads && (key.startsWith('Page') || key in MOVES || key === 'Home' || key === 'End')) return;
    const move = MOVES[key];
    if (move !== undefined) current?.form.move(move);
    else if (Object.hasOwn(KEYS, key)) {
      if (event.repeat && !key.startsWith('Page') && key !== 'j' && key !== 'k') return;
      KEYS[key]?.();
    } else if (current === null || isBusy || !current.form.choose(key)) return;
    event.preventDefault();
  });
  byId('save').addEventListener('click', save);
  byId('back').addEventListener('click', back);
  byId('skip').addEventListener('click', skip);
  byId('help').addEventListener('click', () => keys.showModal());
  byId('keys-close').addEventListener('click', () => keys.close());
  byId('fields').addEventListener('submit', (event) => event.preventDefault());

  isBusy = false;
  await alone(async () => {
    session = await ask<SessionView>('api/session');
    byId('who').textContent = ` ${session.annotator}`;
    if (session.next === null) showOver(session);
    else await open(session.next);
  });
  document.documentElement.dataset.ready = '';
}
