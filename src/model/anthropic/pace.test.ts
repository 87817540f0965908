import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulatedTime } from '../../../test/anthropic-api/simulated-time.ts';
import { type Attempt, pacedSender } from './paced-sender.ts';

const never = new AbortController().signal;
const done: Attempt<string> = { kind: 'done', value: 'yes', exhaustedForMs: 0 };

interface Account {
  /** Null for no limit. */
  perSecond: number | null;
  burst: number;
  latency: number;
  retryAfter: boolean;
}

/** Sends many requests of one group to an account that is limited by a token bucket. */
async function sendAll(account: Account, count: number, concurrency: number, seed: number) {
  const time = simulatedTime(seed);
  const sender = pacedSender({ concurrency, patienceSeconds: 600, onNotice: () => {}, timing: time });
  const arrivals: { at: number; taken: boolean }[] = [];
  const { perSecond, burst, latency } = account;
  let tokens = burst;
  let filledAt = 0;
  let highest = 0;
  let underWay = 0;
  const attempt = async (): Promise<Attempt<string>> => {
    underWay += 1;
    highest = Math.max(highest, underWay);
    try {
      await time.sleep(3 * time.random(), never);
      const at = time.clock();
      if (perSecond !== null) {
        tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond);
        filledAt = at;
        arrivals.push({ at, taken: tokens >= 1 });
        if (tokens < 1) {
          const waitMs = account.retryAfter ? Math.ceil((1 - tokens) / perSecond) * 1000 : null;
          return { kind: 'again', cause: 'rate', what: 'too many', waitMs };
        }
        tokens -= 1;
      }
      await time.sleep(latency * (0.9 + 0.2 * time.random()), never);
      return done;
    } finally {
      underWay -= 1;
    }
  };
  let next = 0;
  const worker = async () => {
    for (; next < count; ) {
      next += 1;
      await sender.send('prompt', attempt, never);
    }
  };
  await time.run(Promise.all(Array.from({ length: concurrency }, worker)));
  return { arrivals, highest, milliseconds: time.clock() };
}

describe('the pace of an account without a limit', () => {
  it('takes 1,000 requests at 200 ms and 32 at once in at most 1.08 times the ideal time', async () => {
    const { milliseconds, highest } = await sendAll(
      { perSecond: null, burst: 1, latency: 200, retryAfter: false },
      1000,
      32,
      1,
    );
    expect(((1000 / 32) * 200) / milliseconds).toBeGreaterThan(0.92);
    expect(highest).toBe(32);
  });

  it('never has more requests under way than its cap', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 150 }),
        async (cap, count) => {
          const account = { perSecond: null, burst: 1, latency: 50, retryAfter: false };
          expect((await sendAll(account, count, cap, count)).highest).toBeLessThanOrEqual(cap);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('the pace of an account with a limit', () => {
  it('settles at nine tenths of the limit or more, with less than three refusals in a hundred', async () => {
    const account = fc.record({
      perSecond: fc.constantFrom(5, 20),
      burst: fc.integer({ min: 3, max: 20 }),
      latency: fc.constantFrom(100, 200, 600),
      retryAfter: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(account, fc.integer({ min: 1, max: 1000 }), async (given, seed) => {
        const { arrivals } = await sendAll(given, 1600, 64, seed);
        const from = arrivals.filter(({ taken }) => taken)[500]?.at ?? 0;
        const to = arrivals.filter(({ taken }) => taken)[1550]?.at ?? 0;
        const settled = arrivals.filter(({ at }) => at >= from && at < to);
        const taken = settled.filter((arrival) => arrival.taken).length;
        expect(taken / ((to - from) / 1000) / given.perSecond).toBeGreaterThan(0.9);
        expect(1 - taken / settled.length).toBeLessThan(0.03);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
