import { describe, expect, it } from 'vitest';
import { type SimulatedTime, simulatedTime } from '../../../test/anthropic-api/simulated-time.ts';
import { IncompleteRunError } from '../../errors/errors.ts';
import { type Attempt, pacedSender } from './paced-sender.ts';

const never = new AbortController().signal;
const done: Attempt<string> = { kind: 'done', value: 'yes', exhaustedForMs: 0 };
const refused = (waitMs: number | null = null): Attempt<string> => {
  return { kind: 'again', cause: 'rate', what: 'too many', waitMs };
};
const overloaded: Attempt<string> = { kind: 'again', cause: 'overload', what: 'overloaded', waitMs: null };

function senderAt(time: SimulatedTime, concurrency: number, patienceSeconds = 600, notices: string[] = []) {
  return pacedSender({ concurrency, patienceSeconds, onNotice: (text) => notices.push(text), timing: time });
}

describe('the first request of a group', () => {
  it('goes alone, and the others follow when it is answered', async () => {
    const time = simulatedTime();
    const sender = senderAt(time, 8);
    const starts: [string, number][] = [];
    const send = (group: string | null, name: string) =>
      sender.send(
        group,
        async () => {
          starts.push([name, time.clock()]);
          await time.sleep(100, never);
          return done;
        },
        never,
      );
    await time.run(send('warm', 'warm'));
    const all = [send('a', 'a1'), send('a', 'a2'), send('b', 'b1'), send('b', 'b2')];
    all.push(send('warm', 'again'), send(null, 'no group'), send(null, 'nor here'));
    await time.run(Promise.all(all));
    expect(starts).toEqual([
      ['warm', 0],
      ['a1', 100],
      ['b1', 100],
      ['again', 100],
      ['no group', 100],
      ['nor here', 100],
      ['a2', 200],
      ['b2', 200],
    ]);
  });

  it('is still alone while it is refused, and hands over when it is interrupted', async () => {
    const time = simulatedTime();
    const sender = senderAt(time, 8);
    const controller = new AbortController();
    let tries = 0;
    const first = sender.send(
      'a',
      async () => {
        tries += 1;
        if (tries === 3) controller.abort(new Error('interrupted'));
        return overloaded;
      },
      controller.signal,
    );
    const second = sender.send('a', async () => done, never);
    first.catch(() => {});
    await time.run(second);
    expect(tries).toBe(3);
    await expect(first).rejects.toThrow('interrupted');
  });
});

describe('a refusal', () => {
  it('that says how long to wait is obeyed by everyone', async () => {
    const time = simulatedTime();
    const sender = senderAt(time, 8);
    const starts: number[] = [];
    const send = () =>
      sender.send(
        'a',
        async () => {
          starts.push(time.clock());
          await time.sleep(10, never);
          return starts.length === 2 ? refused(30_000) : done;
        },
        never,
      );
    await time.run(send());
    await time.run(Promise.all([send(), time.sleep(20, never).then(send), time.sleep(40, never).then(send)]));
    expect(starts.slice(0, 2)).toEqual([0, 10]);
    expect(Math.min(...starts.slice(2))).toBeGreaterThanOrEqual(30_020);
    expect(starts).toHaveLength(5);
  });

  it('of an exhausted account holds the next request back', async () => {
    const time = simulatedTime();
    const sender = senderAt(time, 8);
    await time.run(sender.send('a', async () => ({ ...done, exhaustedForMs: 5000 }), never));
    let startedAt = 0;
    await time.run(
      sender.send(
        'a',
        async () => {
          startedAt = time.clock();
          return done;
        },
        never,
      ),
    );
    expect(startedAt).toBeGreaterThanOrEqual(5000);
  });
});

describe('a storm', () => {
  it('is survived when it ends within the patience, and asks little meanwhile', async () => {
    const time = simulatedTime();
    const notices: string[] = [];
    const sender = senderAt(time, 32, 600, notices);
    let attempts = 0;
    const send = () =>
      sender.send(
        'a',
        async () => {
          attempts += 1;
          await time.sleep(20, never);
          return time.clock() > 1000 && time.clock() < 300_000 ? overloaded : done;
        },
        never,
      );
    await time.run(send());
    const late = time.sleep(1500, never).then(() => Promise.all(Array.from({ length: 200 }, send)));
    const all = await time.run(late);
    expect(all.every(({ kind }) => kind === 'done')).toBe(true);
    expect(attempts).toBeLessThan(200 + 150);
    expect(notices).toEqual(['overloaded: asking again, for 600 s at most']);
  });

  it('ends the run when the patience does, for those who wait as well', async () => {
    const time = simulatedTime();
    const sender = senderAt(time, 4, 120);
    const send = () => sender.send('a', async () => overloaded, never);
    const all = Array.from({ length: 10 }, send);
    const outcomes = await time.run(Promise.allSettled(all));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(IncompleteRunError) });
      expect(outcome).toMatchObject({ reason: { message: 'overloaded; nothing was answered within 120 s' } });
    }
    expect(time.clock()).toBeLessThan(150_000);
    await expect(sender.send('a', async () => done, never)).rejects.toThrow(IncompleteRunError);
  });

  it('ends the run at once when the API asks for more patience than there is', async () => {
    const time = simulatedTime();
    const sent = senderAt(time, 4, 120).send('a', async () => refused(3_600_000), never);
    await expect(time.run(sent)).rejects.toThrow('which asks to wait 3600 s');
    expect(time.clock()).toBe(0);
  });

  it('of one request alone fails that request, and the run goes on', async () => {
    const time = simulatedTime();
    const sender = senderAt(time, 4, 60);
    const poisoned = sender.send('b', async () => ({ ...overloaded, cause: 'failure' as const }), never);
    const fine = async () => {
      for (let count = 0; count < 200; count += 1) {
        await time.sleep(1000, never);
        await sender.send('a', async () => done, never);
      }
    };
    const [outcome] = await time.run(Promise.all([poisoned, fine()]));
    expect(outcome).toEqual({ kind: 'gave-up', what: 'overloaded' });
  });
});

describe('an interruption', () => {
  it('turns away at once who waits in line or between attempts', async () => {
    const time = simulatedTime();
    const sender = senderAt(time, 1);
    const controller = new AbortController();
    const between = sender.send('a', async () => refused(60_000), controller.signal);
    const inLine = sender.send('a', async () => done, controller.signal);
    const both = Promise.allSettled([between, inLine]);
    const interrupt = time.sleep(1000, never).then(() => controller.abort(new Error('interrupted')));
    const outcomes = await time.run(interrupt.then(() => both));
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.message)).toEqual([
      'interrupted',
      'interrupted',
    ]);
    expect(time.clock()).toBe(1000);
  });
});
