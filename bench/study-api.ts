import type { ModelRequest } from '../src/model/model.ts';
import { startApi } from '../test/anthropic-api/start-api.ts';

/** `node bench/study-api.ts`: the stand-in as a process, with answers that take no time; prints its URL. */
const api = await startApi({
  record: false,
  answer: answerAtOnce,
  batch: { polls: 1, order: (results) => results },
});
process.stdout.write(`${api.url}\n`);

/** A batch whose results were fetched is held no longer: the stand-in would keep hundreds of megabytes. */
const sweep = setInterval(() => {
  for (const batch of api.batches.filter(({ downloads }) => downloads > 0)) {
    batch.requests.length = 0;
    batch.results.length = 0;
  }
}, 500);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    clearInterval(sweep);
    void api.close();
  });
}

/** What the corpus says in brackets, or one of a few answers by the length of the text. */
function answerAtOnce({ schema, user }: ModelRequest): string {
  const fields = typeof schema.properties === 'object' ? Object.keys(schema.properties ?? {}) : [];
  if (fields.includes('primary')) {
    const primary = /\(([a-z_]+)\)/.exec(user)?.[1] ?? 'other';
    const isAffective = primary !== 'other' && primary !== 'content_creation';
    return JSON.stringify({ primary, topics: isAffective ? [primary] : [] });
  }
  if (fields.includes('pushback')) {
    const pushback = user.length % 12 === 0;
    return JSON.stringify({ pushback, reason: pushback ? 'policy' : null });
  }
  return JSON.stringify({ sentiment: user.length % 3 === 0 ? 'positive' : 'neutral' });
}
