import { startApi } from '../test/anthropic-api/start-api.ts';
import { askInvented } from './ask-invented.ts';
import { atLeast, atMost, type Figure, plain } from './figure.ts';
import { FIXED_ANSWER } from './invented-project.ts';
import { LATENCY } from './stand-in.ts';

const PER_SECOND = 20;
const CASES = 1000;
/** Requests after which the pace has found the limit. */
const SETTLED_AFTER = 300;

/** How much of an account's limit is used that shows itself by refusals alone. */
export async function benchLimit(): Promise<Figure[]> {
  const api = await startApi({
    latency: LATENCY,
    answer: () => FIXED_ANSWER,
    rateLimit: { perSecond: PER_SECOND, burst: PER_SECOND, retryAfter: 'none' },
  });
  try {
    const { asking } = await askInvented(api.url, CASES, 64);
    const sent = api.requests.filter(({ endpoint }) => endpoint === 'messages');
    const taken = sent.filter(({ status }) => status === 200);
    const from = taken[SETTLED_AFTER]?.at ?? 0;
    const to = taken.at(-1)?.at ?? 0;
    const settled = sent.filter(({ at }) => at >= from && at < to);
    const answered = settled.filter(({ status }) => status === 200).length;
    const rate = answered / ((to - from) / 1000);
    return [
      plain(`${CASES} cases, all of them`, `${asking.toFixed(1)} s, ${sent.length - taken.length} refused`),
      plain('requests a second once settled', rate.toFixed(2)),
      atLeast(`of a limit of ${PER_SECOND} a second`, rate / PER_SECOND, 0.9),
      atMost('share refused once settled', 1 - answered / settled.length, 0.03, 4),
    ];
  } finally {
    await api.close();
  }
}
