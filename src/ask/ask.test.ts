import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Model, type ModelReply, type ModelRequest, NO_USAGE } from '../model/model.ts';
import type { Case } from '../plan/case.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import { renderUserTurn } from '../prompt/render.ts';
import { memoryStore, type Store } from '../store/store.ts';
import { answerSchema } from '../task/answer-schema.ts';
import type { Task } from '../task/task.ts';
import { type AnswerWatcher, type AskOptions, ask } from './ask.ts';

const task: Task = {
  name: 'tone',
  windows: null,
  fields: { tone: { kind: 'nominal', labels: ['up', 'down'] } },
};

/** Text that a template engine, a file reader, a shell or an encoder would spoil. */
const CANARIES: Record<string, string> = {
  template: 'What is {{ 7*7 }} and {{env.HOME}} and {{ case }}?',
  block: '{% raw %}{% for x in y %}{# a comment that vanishes #} {#',
  file: 'file:///etc/hostname',
  array: '["one", "two"]',
  object: '{"$ref": "file:///etc/passwd"}',
  surrogates: 'high \ud800 low \udc00 swapped \udc00\ud800',
  nul: 'a\0b\u0001\u001b[31m\u2028',
  spaces: '  \t leading and trailing \r\n ',
  large: 'word {{ 1 }} '.repeat(16_000),
};

function caseOf(id: string, content: string): Case {
  const request: ModelRequest = {
    system: `Label it. {{ ${id} }}`,
    user: renderUserTurn([{ role: 'user', content }], null, 'Up or down?'),
    schema: answerSchema(task),
    maxTokens: 10,
  };
  const subject = {
    conversation: id,
    window: null,
    family: id,
    lang: 'en',
    tags: [],
    text: '',
    expected: { tone: 'up' },
  };
  return { id, ...subject, request, requestHash: fingerprint(request) };
}

function modelThat(reply: (request: ModelRequest) => ModelReply | Promise<ModelReply>) {
  const received: ModelRequest[] = [];
  const model: Model = {
    id: 'test',
    revision: null,
    ask: async (request) => {
      received.push(request);
      return reply(request);
    },
  };
  return { model, received };
}

const text = (answer: string): ModelReply => ({ kind: 'text', text: answer, usage: NO_USAGE });
const up = () => text('{"tone": "up"}');

function options(model: Model, store: Store, more: Partial<AskOptions> = {}): AskOptions {
  return {
    task,
    prompt: 'prompts/tone.md',
    model,
    repeats: 1,
    concurrency: 4,
    store,
    stateDirectory: mkdtempSync(path.join(tmpdir(), 'touchstone-ask-')),
    signal: new AbortController().signal,
    clock: () => performance.now(),
    onProgress: () => {},
    ...more,
  };
}

describe('asking', () => {
  it('hands every conversation to the model byte for byte', async () => {
    const cases = Object.entries(CANARIES).map(([id, content]) => caseOf(id, content));
    const { model, received } = modelThat(up);
    await ask(cases, options(model, memoryStore()));
    expect(received).toHaveLength(cases.length);
    for (const { id, request } of cases) {
      const got = received.find(({ system }) => system === request.system);
      expect(got?.user === request.user, id).toBe(true);
      expect(got?.user.includes(`>\n${CANARIES[id]}\n</message-`), id).toBe(true);
    }
  });

  it('asks only what the store does not hold, and each repeat by itself', async () => {
    const store = memoryStore();
    const cases = [caseOf('a', 'one'), caseOf('b', 'two')];
    const first = modelThat(up);
    expect((await ask(cases.slice(0, 1), options(first.model, store))).asked).toBe(1);
    const second = modelThat(up);
    const { asked, answers } = await ask(cases, options(second.model, store, { repeats: 2 }));
    expect(asked).toBe(3);
    expect(second.received).toHaveLength(3);
    expect(answers.get('a')).toHaveLength(2);
    expect((await ask(cases, options(second.model, store, { repeats: 2 }))).asked).toBe(0);
  });

  it('asks again when the model is of another revision', async () => {
    const store = memoryStore();
    const { model } = modelThat(up);
    await ask([caseOf('a', 'one')], options({ ...model, revision: '1' }, store));
    expect((await ask([caseOf('a', 'one')], options({ ...model, revision: '2' }, store))).asked).toBe(1);
  });

  it('keeps what became of every question, and asks failed ones again the next time', async () => {
    const store = memoryStore();
    const replies: Record<string, ModelReply> = {
      prose: text('up, I think'),
      refusal: { kind: 'refused', text: '', usage: NO_USAGE },
      cut: { kind: 'invalid', reason: 'max_tokens', text: '{"to', usage: NO_USAGE },
      broken: { kind: 'failed', reason: 'no connection' },
    };
    const cases = Object.keys(replies).map((id) => caseOf(id, id));
    const { model } = modelThat(
      (request) => replies[Object.keys(replies).find((id) => request.system.includes(id)) ?? ''] ?? up(),
    );
    const { answers } = await ask(cases, options(model, store));
    expect(Object.keys(replies).map((id) => answers.get(id)?.[0])).toMatchObject([
      { status: 'invalid', reason: 'the answer is not JSON', raw: 'up, I think' },
      { status: 'refused' },
      { status: 'invalid', reason: 'max_tokens', raw: '{"to' },
      { status: 'failed', reason: 'no connection' },
    ]);
    expect((await ask(cases, options(model, store))).asked).toBe(1);
  });

  it('stops when it is told to, with everything answered until then in the store', async () => {
    const store = memoryStore();
    const controller = new AbortController();
    const cases = Array.from({ length: 20 }, (_, index) => caseOf(`c${index}`, `text ${index}`));
    const { model, received } = modelThat(() => {
      if (received.length === 5) controller.abort(new Error('stopped'));
      return up();
    });
    await expect(
      ask(cases, options(model, store, { signal: controller.signal, concurrency: 1 })),
    ).rejects.toThrow('stopped');
    expect(received.length).toBeLessThan(20);
    const rest = await ask(cases, options(modelThat(up).model, store));
    expect(rest.asked).toBe(20 - received.length);
  });

  it('tells a watcher of recorded answers first, then of the others, each once', async () => {
    const store = memoryStore();
    const cases = ['a', 'b', 'c', 'd'].map((id) => caseOf(id, `text of ${id}`));
    const [, b, , d] = cases;
    await ask(
      [d, b].flatMap((each) => each ?? []),
      options(modelThat(up).model, store),
    );
    const told: string[] = [];
    const watcher: AnswerWatcher = {
      answered: ({ id }, repeat, { status }) => told.push(`${id} ${repeat} ${status}`),
      isDecided: () => false,
    };
    const more = { watcher, concurrency: 1, repeats: 2 };
    await ask(cases, options(modelThat(up).model, store, more));
    const names = (text: string) => text.split(', ').map((name) => `${name} answered`);
    expect(told).toEqual(names('b 0, d 0, a 0, a 1, b 1, c 0, c 1, d 1'));
  });

  it('asks nothing more once the watcher has enough, in the order of the cases', async () => {
    const store = memoryStore();
    const cases = ['d', 'b', 'a', 'c', 'e', 'f'].map((id) => caseOf(id, `text of ${id}`));
    const told: string[] = [];
    const watcher: AnswerWatcher = {
      answered: ({ id }) => told.push(id),
      isDecided: () => told.length >= 3,
    };
    const { model, received } = modelThat(up);
    const stopped = await ask(cases, options(model, store, { watcher, concurrency: 1, repeats: 2 }));
    expect(told).toEqual(['d', 'd', 'b']);
    expect(received).toHaveLength(3);
    expect(stopped).toMatchObject({ asked: 3 });
    expect([...stopped.answers.keys()]).toEqual(['d']);
    const again = await ask(cases, options(model, store, { watcher, repeats: 2 }));
    expect(again).toMatchObject({ asked: 0, answers: stopped.answers });
    expect((await ask(cases, options(model, store, { repeats: 2 }))).asked).toBe(9);
  });

  it('keeps the answers that were under way when the watcher had enough', async () => {
    const store = memoryStore();
    const cases = Array.from({ length: 20 }, (_, index) => caseOf(`c${index}`, `text ${index}`));
    let count = 0;
    const watcher: AnswerWatcher = { answered: () => count++, isDecided: () => count > 0 };
    const { model, received } = modelThat(up);
    const { answers } = await ask(cases, options(model, store, { watcher, concurrency: 4 }));
    expect(received).toHaveLength(4);
    expect(answers.size).toBe(4);
    expect(count).toBe(4);
  });

  it('passes on what ends a run as a whole', async () => {
    const { model } = modelThat(() => {
      throw new Error('the key was refused');
    });
    await expect(ask([caseOf('a', 'one')], options(model, memoryStore()))).rejects.toThrow(
      'the key was refused',
    );
  });
});
