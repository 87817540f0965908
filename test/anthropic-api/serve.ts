import { parseArgs } from 'node:util';
import { startApi, TEST_KEY } from './start-api.ts';

/** `node test/anthropic-api/serve.ts --latency 200 --port 0`: the stand-in as a process; prints its URL. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    latency: { type: 'string', default: '0' },
    key: { type: 'string', default: TEST_KEY },
    'per-second': { type: 'string' },
    /** By default what a second allows. */
    burst: { type: 'string' },
    'retry-after': { type: 'string', default: 'none' },
    /** The same text for every request, instead of the embedded model's. */
    answer: { type: 'string' },
  },
});
const { answer } = values;
const retryAfter = (['none', 'seconds', 'date', 'milliseconds'] as const).find(
  (kind) => kind === values['retry-after'],
);

const api = await startApi({
  port: Number(values.port),
  latency: Number(values.latency),
  key: values.key,
  record: false,
  ...(answer === undefined ? {} : { answer: () => answer }),
  ...(values['per-second'] === undefined
    ? {}
    : {
        rateLimit: {
          perSecond: Number(values['per-second']),
          burst: Number(values.burst ?? values['per-second']),
          retryAfter: retryAfter ?? 'none',
        },
      }),
});
process.stdout.write(`${api.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void api.close());
