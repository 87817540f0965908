import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { Conversation } from '../schema/conversation.ts';
import type { SecretFinding } from './finding.ts';
import { type FoundKey, GIVEN_KEY, keysIn } from './key-forms.ts';

/** Characters looked through at a time: a call costs as much as reading thousands of messages. */
const BATCH_CHARACTERS = 500_000;
/** Between two messages, so that no secret is seen where one ends and the next begins. */
const BETWEEN = '\n\n\n';
const PRESET = '@secretlint/secretlint-rule-preset-recommend';
const CONFIG = { rules: [{ id: PRESET, rule: creator, options: {} }] };
/** By comments that begin so, a text tells the preset what not to report. Conversations are data, and have no say. */
const DIRECTIVE = /secretlint-/gi;

interface Place {
  id: string;
  message: number;
  /** Where the message begins in the batch. */
  start: number;
}

/** Finds keys and passwords in conversations that are given one after the other. Keeps none of their values. */
export class SecretFinder {
  readonly findings: SecretFinding[] = [];
  #places: Place[] = [];
  #text: string[] = [];
  #length = 0;

  /** Resolves at once but for every few hundred conversations. */
  async add({ id, messages }: Pick<Conversation, 'id' | 'messages'>): Promise<void> {
    for (const [message, { content }] of messages.entries()) {
      this.#places.push({ id, message, start: this.#length });
      this.#text.push(content);
      this.#length += content.length + BETWEEN.length;
    }
    if (this.#length >= BATCH_CHARACTERS) await this.end();
  }

  /** To be called after the last conversation. */
  async end(): Promise<void> {
    const [places, content] = [this.#places, this.#text.join(BETWEEN)];
    this.#places = [];
    this.#text = [];
    this.#length = 0;
    const found = await secretsIn(content);
    const seen = new Set<string>();
    for (const { kind, start } of found) {
      const place = placeAt(places, start);
      const key = JSON.stringify([place?.id, place?.message, kind]);
      if (place === undefined || seen.has(key)) continue;
      seen.add(key);
      const { id, message } = place;
      this.findings.push({ section: 'secrets', severity: 'error', kind, id, message });
    }
  }
}

/** A text with every secret in it replaced by its kind, so that it may be shown. */
export async function withoutSecrets(text: string): Promise<string> {
  let shown = '';
  let last = 0;
  for (const { kind, start, end } of await secretsIn(text)) {
    if (start >= last) shown += `${text.slice(last, start)}[${kind}]`;
    last = Math.max(last, end);
  }
  return shown + text.slice(last);
}

/** The secrets in a text, in its order; they may overlap. */
async function secretsIn(content: string): Promise<FoundKey[]> {
  const heedless = content.replaceAll(DIRECTIVE, 'secretlint_');
  const source = { filePath: 'messages.txt', content: heedless, ext: '.txt', contentType: 'text' } as const;
  const { messages } = await lintSource({ source, options: { config: CONFIG, noPhysicFilePath: true } });
  const found = messages.map(({ ruleId, range: [start, end] }) => {
    return { kind: ruleId.replace(/^.*secretlint-rule-/, ''), start, end };
  });
  const all = [...found, ...keysIn(content)].sort((a, b) => a.start - b.start);
  // What is known by its own form is named once, however it is given.
  const named = all.filter(({ kind }) => kind !== GIVEN_KEY);
  return all.filter(
    (each) =>
      each.kind !== GIVEN_KEY || !named.some(({ start, end }) => start < each.end && each.start < end),
  );
}

/** The last message that begins at an offset or before it. */
function placeAt(places: readonly Place[], offset: number): Place | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((places[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return places[low - 1];
}
