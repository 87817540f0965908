/// <reference lib="dom" />
import type { DomKit } from '../../report/page/browser/dom-kit.ts';
import type { TaskView } from '../page-data.ts';
import type { Draft, ReadDraft, readDraft } from './draft.ts';

/** The fields of one case, to be chosen in. */
export interface AnswerForm {
  read(): ReadDraft;
  draft(): Draft;
  /** Chooses by key in the field that is lit; gives whether the key is one of its. */
  choose(key: string): boolean;
  /** Goes to the next field that applies (1) or the one before (-1). */
  move(step: 1 | -1): void;
  /** Lights a field, and puts the focus into it. */
  focus(name: string | null): void;
}

/** Builds the fields of a task. Runs in the page: it stands alone, given the kit and what reads a draft. */
export function makeForm(
  kit: DomKit,
  readDraftOf: typeof readDraft,
  { fields }: TaskView,
  start: Draft,
): AnswerForm {
  const { node, byId } = kit;
  /** Letters that the page has no other use for come after the digits. */
  const KEYS = [...'1234567890adefghilmopqrtvwxyz'];
  const draft: Draft = { ...start };
  let lit = fields[0]?.name ?? null;

  const inputs = new Map<string, HTMLInputElement[]>();
  const sets = new Map<string, HTMLElement>();
  for (const { name, kind, options } of fields) {
    const made = options.map((_option, index) => {
      const input = node('input', {
        type: kind === 'one' ? 'radio' : 'checkbox',
        name: `field-${name}`,
        value: String(index),
      }) as HTMLInputElement;
      // One stop of the Tab key a field: the other values of a set are reached by their own keys.
      if (kind === 'any' && index > 0) input.tabIndex = -1;
      input.addEventListener('change', () => {
        set(name, index);
        // A mouse does not say that one is through with a field; a key does, and is handled by itself.
        show();
      });
      return input;
    });
    const field = node(
      'fieldset',
      { 'data-field': name },
      node('legend', {}, name),
      ...options.map(({ text }, index) =>
        node('label', { class: 'option' }, made[index] ?? '', node('kbd', {}, KEYS[index] ?? ' '), text),
      ),
    );
    field.addEventListener('focusin', () => {
      lit = name;
      show();
    });
    inputs.set(name, made);
    sets.set(name, field);
  }
  byId('fields').replaceChildren(...sets.values());

  function set(name: string, index: number): void {
    const field = fields.find((each) => each.name === name);
    const option = field?.options[index];
    if (field === undefined || option === undefined) return;
    if (field.kind === 'one') draft[name] = option.value;
    else {
      const before = draft[name];
      const values = Array.isArray(before) ? before : [];
      draft[name] = values.includes(option.text)
        ? values.filter((value) => value !== option.text)
        : [...values, option.text];
    }
  }

  function show(): void {
    const { label, idle, held } = readDraftOf(fields, draft);
    for (const { name, kind, options } of fields) {
      const value = label[name];
      const isIdle = idle.includes(name);
      const field = sets.get(name);
      field?.classList.toggle('idle', isIdle);
      field?.classList.toggle('lit', lit === name);
      options.forEach((option, index) => {
        const input = inputs.get(name)?.[index];
        if (input === undefined) return;
        input.checked =
          kind === 'one' ? value === option.value : Array.isArray(value) && value.includes(option.text);
        input.disabled = isIdle || held[name]?.includes(option.text) === true;
      });
    }
  }

  const form: AnswerForm = {
    read: () => readDraftOf(fields, draft),
    draft: () => ({ ...draft }),
    choose(key) {
      const index = KEYS.indexOf(key);
      const field = fields.find(({ name }) => name === lit);
      const input = field === undefined ? undefined : inputs.get(field.name)?.[index];
      if (field === undefined || input === undefined || index === -1) return false;
      if (input.disabled) return true;
      set(field.name, index);
      show();
      if (field.kind === 'one') form.move(1);
      else input.focus();
      return true;
    },
    move(step) {
      const { idle } = readDraftOf(fields, draft);
      const names = fields.map(({ name }) => name).filter((name) => !idle.includes(name));
      const at = names.indexOf(lit ?? '');
      const next = names[at + step];
      form.focus(next ?? lit);
    },
    focus(name) {
      lit = name ?? lit;
      show();
      const all = inputs.get(lit ?? '') ?? [];
      const usable = all.filter((input) => !input.disabled);
      const target = usable.find((input) => input.checked && input.type === 'radio') ?? usable[0];
      // A set that holds all of its values has none to focus.
      if (target !== undefined) target.focus();
      else sets.get(lit ?? '')?.scrollIntoView({ block: 'nearest' });
    },
  };
  show();
  return form;
}
