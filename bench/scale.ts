import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Range } from '../src/cost/estimate.ts';
import { REPOSITORY } from '../test/workspace.ts';
import { atMost, type Figure, plain } from './figure.ts';
import type { ScaleRun } from './scale-run.ts';
import { writeStudyCorpus } from './study-corpus.ts';
import { timedCommand } from './timed-command.ts';

/** A hundredth of the study's 4.5 million. */
const CONVERSATIONS = 45_000;

/** The arithmetic of docs/scale.md against a simulated API: what was foreseen, and what came. */
export async function benchScale(): Promise<Figure[]> {
  const cwd = writeStudyCorpus(CONVERSATIONS);
  const { out, peakMegabytes } = await withStudyApi((url) =>
    timedCommand(path.join(REPOSITORY, 'bench', 'scale-run.ts'), [cwd, url], {
      cwd,
      env: {},
      expectedCodes: [0],
    }),
  );
  const run: ScaleRun = JSON.parse(out);
  const { forecast, sent, seconds } = run;
  const { time, total, measure } = forecast;
  if (time.kind !== 'batches') throw new Error('batches were foreseen');
  const suites = Map.groupBy(measure.stages, ({ suite }) => suite);
  const requests = [...suites].map(([suite, stages]) => {
    const foreseen = stages
      .map(({ name }) => forecast.stages.find((each) => each.name === name)?.requests.low ?? 0)
      .reduce((sum, low) => sum + low, 0);
    return within(`requests of ${suite}`, sent[suite]?.requests ?? 0, {
      low: foreseen * 0.9,
      high: foreseen * 1.1,
    });
  });
  const batches = Object.values(sent).reduce((sum, each) => sum + each.batches, 0);
  const asked = Object.values(sent).reduce((sum, each) => sum + each.requests, 0);
  // The interval of a sample misses one time in twenty: a hundredth is added.
  const tokens = { low: total.inputTokens.low * 0.99, high: total.inputTokens.high * 1.01 };
  return [
    plain('conversations, kept', `${count(measure.conversations)}, ${count(run.kept)}`),
    ...requests,
    within('input tokens', run.inputTokens, tokens),
    within('US$', run.usd, total.usd ?? { low: 0, high: 0 }, 3),
    within('batches', batches, { low: time.batches.low, high: time.batches.low + suites.size }),
    atMost('requests without an answer, or sent twice', Math.abs(asked - run.answers), 0, 0),
    plain('tokens of an answer', (run.outputTokens / run.answers).toFixed(1)),
    plain('measured, conversations a second', count(measure.conversations / seconds.measure)),
    plain('asked, requests a second', count(asked / seconds.ask)),
    plain(
      'walked with answers on record, conversations a second',
      count(measure.conversations / seconds.walk),
    ),
    plain('store, bytes an answer', count(run.storeBytes / run.answers)),
    plain('peak memory', `${peakMegabytes.toFixed(0)} MB`),
  ];
}

/** A number that was foreseen as a range. */
function within(what: string, value: number, { low, high }: Range, digits = 0): Figure {
  const show = (each: number) => each.toLocaleString('en', { maximumFractionDigits: digits });
  return {
    what,
    value: show(value),
    target: `${show(low)} to ${show(high)}`,
    isMet: value >= low && value <= high,
  };
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

async function withStudyApi<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [path.join(REPOSITORY, 'bench', 'study-api.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  try {
    const [line] = await once(server.stdout.setEncoding('utf8'), 'data');
    return await work(String(line).trim());
  } finally {
    server.kill();
    await ended;
  }
}
