import { afterEach, describe, expect, it } from 'vitest';
import { answerEmbedded } from '../src/model/embedded/embedded.ts';
import { NO_USAGE } from '../src/model/model.ts';
import type { Answer } from '../src/schema/run-record.ts';
import { type StudiedConversation, studyQuestions } from '../src/study/ask-conversation.ts';
import { walkCorpus } from '../src/study/walk-corpus.ts';
import { parseAnswer } from '../src/task/parse-answer.ts';
import type { Api } from './anthropic-api/start-api.ts';
import { closeAll, openApi, sizes } from './batch-run.ts';
import {
  corpusOf,
  type Kill,
  killedStudy,
  openStudy,
  shippedStudy,
  smallCorpus,
  studyAll,
} from './study-in-batches.ts';

afterEach(closeAll);

/** What was found out, without what it took. */
function findings(studied: readonly StudiedConversation[]) {
  const bare = (answer: Answer) => (answer.status === 'answered' ? answer.label : answer.status);
  return studied.map(({ answer, further, ...rest }) => {
    return {
      ...rest,
      answer: bare(answer),
      further: further.map((each) => ({ ...each, answer: bare(each.answer) })),
    };
  });
}

/** The same, asked of the same model one by one. */
async function undisturbed(cwd: string) {
  const studied: StudiedConversation[] = [];
  const batches = walkCorpus(corpusOf(cwd)(), {
    questions: studyQuestions(shippedStudy()),
    answerOf: ({ request, task }): Answer => {
      const parsed = parseAnswer(task, answerEmbedded(request));
      if (!parsed.ok) throw new Error(parsed.reason);
      return { status: 'answered', label: parsed.label, raw: '', usage: NO_USAGE, latency_ms: 0 };
    },
    concurrency: 1,
    signal: new AbortController().signal,
  });
  for await (const batch of batches) studied.push(...batch.studied);
  return findings(studied);
}

const sentIds = (api: Api) =>
  api.batches.flatMap(({ requests }) => requests.map(({ custom_id }) => custom_id));

describe('a corpus asked in batches', () => {
  it('gives what asking one by one gives, in the corpus’s order, and asks nothing the second time', async () => {
    const api = await openApi({ batch: { polls: 2 } });
    const cwd = smallCorpus();
    let answered = 0;
    const studied = await studyAll(api, cwd, { onAnswer: () => (answered += 1) });
    expect(findings(studied)).toEqual(await undisturbed(cwd));
    // One batch a suite: the conversation that is there twice is asked once.
    expect(api.batches).toHaveLength(3);
    expect(sizes(api).at(-1)).toBe(30);
    expect(sentIds(api)).toHaveLength(answered);
    const seen = api.requests.length;
    expect(findings(await studyAll(api, cwd))).toEqual(findings(studied));
    expect(api.requests).toHaveLength(seen);
  });

  it('fills every batch but the last of a suite, and keeps no more at the API than it may', async () => {
    let most = 0;
    const api: Api = await openApi({
      batch: { polls: 3 },
      behave: ({ method }) => {
        const running = () =>
          api.batches.filter(({ view }) => view.processing_status === 'in_progress').length;
        if (method === 'POST') most = Math.max(most, running() + 1);
        return undefined;
      },
    });
    const cwd = smallCorpus();
    await studyAll(api, cwd, { limits: { requests: 8, bytes: 1e9 }, inFlight: 2 });
    expect(most).toBe(2);
    const selecting = api.batches.toReversed().slice(0, 4);
    expect(selecting.map(({ requests }) => requests.length)).toEqual([8, 8, 8, 6]);
    expect(sizes(api).filter((size) => size < 8).length).toBeLessThanOrEqual(3);
  });

  it('asks what expired again, gives up after three times, and does not store that', async () => {
    let unlucky = '';
    const seen = new Set<string>();
    const outcome = (id: string) => {
      unlucky ||= id;
      const isFirst = !seen.has(id);
      seen.add(id);
      return id === unlucky || (isFirst && seen.size % 5 === 0) ? 'expired' : 'succeeded';
    };
    const api = await openApi({ batch: { outcome } });
    const cwd = smallCorpus();
    const expected = await undisturbed(cwd);
    const studied = findings(await studyAll(api, cwd));
    const failed = studied.filter(({ answer }) => answer === 'failed');
    expect(failed).toMatchObject([{ left: 'no answer', further: [] }]);
    expect(studied.filter(({ answer }) => answer !== 'failed')).toEqual(
      expected.filter(({ conversation }) => conversation !== failed[0]?.conversation),
    );
    expect(sentIds(api).filter((id) => id === unlucky)).toHaveLength(3);
    unlucky = 'nobody';
    expect(findings(await studyAll(api, cwd))).toEqual(expected);
    expect(sizes(api)[0]).toBe(1);
  });

  it('stops where a whole batch fails, since all of the corpus would', async () => {
    const api = await openApi({ batch: { outcome: () => 'succeeded' }, answer: () => '{}' });
    const cwd = smallCorpus(120);
    const { questions } = openStudy(api, cwd).options;
    const broken = {
      ...questions,
      first: (each: Parameters<typeof questions.first>[0]) => {
        const question = questions.first(each);
        return { ...question, request: { ...question.request, maxTokens: -1 } };
      },
    };
    await expect(studyAll(api, cwd, { questions: broken })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/^None of the 120 requests of a batch was answered: .*max_tokens/),
    });
    expect(api.batches).toHaveLength(1);
  });

  it('says that batches go on when it is stopped, and takes them up the next time', async () => {
    const api = await openApi({ batch: { polls: 3 } });
    const cwd = smallCorpus();
    const stop = new AbortController();
    const timing = openStudy(api, cwd).options.timing;
    if (timing === undefined) throw new Error('no timing');
    const sleep = async () => stop.abort(new Error('stopped'));
    const stopped = studyAll(api, cwd, { signal: stop.signal, timing: { ...timing, sleep } });
    await expect(stopped).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('a batch goes on'),
    });
    expect(findings(await studyAll(api, cwd))).toEqual(await undisturbed(cwd));
    expect(sentIds(api).toSorted()).toEqual([...new Set(sentIds(api))].sort());
  });
});

const KILLS: Record<string, Kill> = {
  'the intent is stored, nothing was sent': { object: 'log', name: 'intend', call: 2, order: 'after' },
  'right before the call': { object: 'log', name: 'creating', call: 2, order: 'after' },
  'the API has the batch, its id is stored nowhere': {
    object: 'log',
    name: 'identified',
    call: 3,
    order: 'before',
  },
  'batches are waited for': { object: 'timing', name: 'sleep', call: 2, order: 'before' },
  'results are read': { object: 'store', name: 'put', call: 17, order: 'after' },
  'all results of a batch are read': { object: 'log', name: 'close', call: 2, order: 'before' },
  'between two stages': { object: 'log', name: 'close', call: 3, order: 'after' },
  'in the last stage': { object: 'log', name: 'identified', call: 6, order: 'before' },
};

describe('a study that is killed with -9', () => {
  const limits = { requests: 12, bytes: 1e9 };

  it.each(Object.keys(KILLS))('at this moment: %s; sends nothing twice and loses nothing', async (moment) => {
    const kill = KILLS[moment];
    if (kill === undefined) throw new Error('no moment');
    const api = await openApi({ batch: { polls: 3 } });
    const cwd = smallCorpus();
    await killedStudy(kill, cwd, api.url, limits.requests);
    expect(findings(await studyAll(api, cwd, { limits, inFlight: 3 }))).toEqual(await undisturbed(cwd));
    expect(sentIds(api).toSorted()).toEqual([...new Set(sentIds(api))].sort());
  });

  it('may be killed again and again', async () => {
    const api = await openApi({ batch: { polls: 3 } });
    const cwd = smallCorpus();
    for (const kill of Object.values(KILLS).slice(0, 4))
      await killedStudy(kill, cwd, api.url, limits.requests);
    expect(findings(await studyAll(api, cwd, { limits, inFlight: 3 }))).toEqual(await undisturbed(cwd));
    expect(sentIds(api).toSorted()).toEqual([...new Set(sentIds(api))].sort());
  });
});
