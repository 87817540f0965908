import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { Conversation } from '../schema/conversation.ts';
import type { SecretFinding } from './finding.ts';

/** Characters looked through at a time: a call costs as much as reading thousands of messages. */
const BATCH_CHARACTERS = 500_000;
/** Between two messages, so that no secret is seen where one ends and the next begins. */
const BETWEEN = '\n\n\n';
const PRESET = '@secretlint/secretlint-rule-preset-recommend';
const CONFIG = { rules: [{ id: PRESET, rule: creator, options: {} }] };

/** What the preset has no rule for: signed tokens (RFC 7519), and what is given as a key and has three digits. */
const TOKEN = /(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,2000}\.[\w-]{16,1000}/g;
const ASSIGNED =
  /(?:api[_-]?key|secret|token|passw(?:or)?d|pwd|credential)s?["']?\s*(?:[:=]|is)\s*["'`]?(?=(?:[^\s"'`\d]{0,40}\d){3})(?=[^\s"'`]{0,99}[A-Za-z])([\w+/=.~!@#$%^&*-]{16,100})/gi;
/** Bits a character: words stay under it, generated keys do not. Source: Shannon (1948). */
const LEAST_ENTROPY = 3.5;

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
async function secretsIn(content: string): Promise<{ kind: string; start: number; end: number }[]> {
  const source = { filePath: 'messages.txt', content, ext: '.txt', contentType: 'text' } as const;
  const { messages } = await lintSource({ source, options: { config: CONFIG, noPhysicFilePath: true } });
  const found = messages.map(({ ruleId, range: [start, end] }) => {
    return { kind: ruleId.replace(/^.*secretlint-rule-/, ''), start, end };
  });
  for (const { index, 0: token } of content.matchAll(TOKEN))
    found.push({ kind: 'signed token', start: index, end: index + token.length });
  for (const { index, 0: assignment, 1: value = '' } of content.matchAll(ASSIGNED))
    if (entropyOf(value) >= LEAST_ENTROPY)
      found.push({ kind: 'key or password', start: index, end: index + assignment.length });
  return found.sort((a, b) => a.start - b.start);
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

function entropyOf(text: string): number {
  const counts = Object.values(Object.groupBy(text, (character) => character)).map((all) => all?.length ?? 0);
  return counts.reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
