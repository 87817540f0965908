import type { GoldenLabel, Goldens } from '../goldens/load.ts';
import { windowMessages } from '../goldens/window.ts';
import type { ModelRequest } from '../model/model.ts';
import type { Prompt } from '../prompt/load.ts';
import { renderUserTurn } from '../prompt/render.ts';
import { answerSchema } from '../task/answer-schema.ts';
import type { Task } from '../task/task.ts';
import { type Case, caseId } from './case.ts';
import { fingerprint } from './fingerprint.ts';
import { matchesFilter, type Selection } from './selection.ts';

/** Everything there is to ask of a suite: one case per label, sorted by id, narrowed by the selection. */
export function planCases(task: Task, prompt: Prompt, goldens: Goldens, selection: Selection): Case[] {
  const schema = answerSchema(task);
  const selected = goldens.labels
    .map((golden) => ({ golden, subject: describeCase(goldens, golden) }))
    .filter(({ subject }) => selection.filters.every((filter) => matchesFilter(filter, subject)))
    .sort((a, b) => (a.subject.id < b.subject.id ? -1 : 1))
    .slice(0, selection.limit ?? undefined);
  return selected.map(({ golden, subject }) => {
    const request: ModelRequest = {
      system: prompt.system,
      user: userTurn(task, prompt, goldens, golden),
      schema,
      maxTokens: prompt.settings.max_tokens,
      ...(prompt.settings.effort === undefined ? {} : { effort: prompt.settings.effort }),
    };
    return { ...subject, expected: golden.label, request, requestHash: fingerprint(request) };
  });
}

function describeCase(goldens: Goldens, { id, window }: GoldenLabel) {
  const { family, lang, tags, messages } = conversationOf(goldens, id);
  const text = fingerprint(messages).slice(0, 16);
  return { id: caseId(id, window), conversation: id, window, family, lang, tags, text };
}

function userTurn(task: Task, prompt: Prompt, goldens: Goldens, { id, window }: GoldenLabel): string {
  const conversation = conversationOf(goldens, id);
  const definition = window === null ? undefined : task.windows?.[window];
  const messages = definition === undefined ? null : windowMessages(conversation, definition);
  const marked = window === null || messages === null ? null : { name: window, messages };
  return renderUserTurn(conversation.messages, marked, prompt.settings.question);
}

function conversationOf(goldens: Goldens, id: string) {
  const conversation = goldens.conversations.get(id);
  if (conversation === undefined) throw new Error(`label of a conversation that was not loaded: ${id}`);
  return conversation;
}
