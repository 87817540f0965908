import type { GoldenLabel, Goldens } from '../goldens/load.ts';
import { windowMessages } from '../goldens/window.ts';
import type { Prompt } from '../prompt/load.ts';
import type { Task } from '../task/task.ts';
import { type Case, caseId } from './case.ts';
import { fingerprint } from './fingerprint.ts';
import { type HashedRequest, requestMaker } from './request-maker.ts';
import { matchesFilter, type Selection } from './selection.ts';

/** Everything there is to ask of a suite: one case per label, sorted by id, narrowed by the selection. */
export function planCases(task: Task, prompt: Prompt, goldens: Goldens, selection: Selection): Case[] {
  const makeRequest = requestMaker(task, prompt);
  const selected = goldens.labels
    .map((golden) => ({ golden, subject: describeCase(goldens, golden) }))
    .filter(({ subject }) => selection.filters.every((filter) => matchesFilter(filter, subject)))
    .sort((a, b) => (a.subject.id < b.subject.id ? -1 : 1))
    .slice(0, selection.limit ?? undefined);
  return selected.map(({ golden, subject }) => {
    return { ...subject, expected: golden.label, ...requestOf(task, makeRequest, goldens, golden) };
  });
}

function describeCase(goldens: Goldens, { id, window }: GoldenLabel) {
  const { family, lang, tags, messages } = conversationOf(goldens, id);
  const text = fingerprint(messages).slice(0, 16);
  return { id: caseId(id, window), conversation: id, window, family, lang, tags, text };
}

function requestOf(
  task: Task,
  makeRequest: ReturnType<typeof requestMaker>,
  goldens: Goldens,
  { id, window }: GoldenLabel,
): HashedRequest {
  const conversation = conversationOf(goldens, id);
  const definition = window === null ? undefined : task.windows?.[window];
  const messages = definition === undefined ? null : windowMessages(conversation, definition);
  const marked = window === null || messages === null ? null : { name: window, messages };
  return makeRequest(conversation.messages, marked);
}

function conversationOf(goldens: Goldens, id: string) {
  const conversation = goldens.conversations.get(id);
  if (conversation === undefined) throw new Error(`label of a conversation that was not loaded: ${id}`);
  return conversation;
}
