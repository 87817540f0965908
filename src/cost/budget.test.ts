import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IncompleteRunError, InputError } from '../errors/errors.ts';
import { openBudget, type Reservation, requirePrice } from './budget.ts';

const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a budget', () => {
  it('cannot be kept for a model whose price is unknown', () => {
    expect(() => requirePrice('claude-next', null)).toThrow(InputError);
    expect(() => requirePrice('claude-next', null)).toThrow(/price of claude-next is unknown/);
  });

  it('gives room that is not used to whoever waits for it', async () => {
    const budget = openBudget(1);
    const first = await budget.reserve(0.8, never);
    let started = false;
    const second = budget.reserve(0.8, never).then((reservation) => {
      started = true;
      return reservation;
    });
    await settled();
    expect(started).toBe(false);
    first.settle(0.1);
    (await second).settle(0.2);
    expect(budget.spent()).toBeCloseTo(0.3, 9);
  });

  it('ends the run when nothing under way could leave room', async () => {
    const budget = openBudget(1);
    (await budget.reserve(0.6, never)).settle(0.6);
    const refusal = budget.reserve(0.5, never);
    await expect(refusal).rejects.toThrow(IncompleteRunError);
    await expect(refusal).rejects.toThrow(/up to US\$0\.500000, and US\$0\.400000 of --max-usd 1 is left/);
  });

  it('ends the run once what was under way has left too little', async () => {
    const budget = openBudget(1);
    const first = await budget.reserve(0.8, never);
    const second = budget.reserve(0.5, never);
    first.settle(0.8);
    await expect(second).rejects.toThrow(IncompleteRunError);
  });

  it('admits a request that fits to the last billionth', async () => {
    const budget = openBudget(0.3);
    (await budget.reserve(0.1, never)).settle(0.1);
    await expect(budget.reserve(0.2, never)).resolves.toBeDefined();
  });

  it('counts a reservation once, however often it is settled', async () => {
    const budget = openBudget(1);
    const reservation = await budget.reserve(0.5, never);
    reservation.settle(0.5);
    reservation.settle(0.5);
    expect(budget.spent()).toBe(0.5);
  });

  it('lets go at once of who is interrupted while waiting', async () => {
    const budget = openBudget(1);
    const first = await budget.reserve(1, never);
    const controller = new AbortController();
    const second = budget.reserve(1, controller.signal);
    const third = budget.reserve(0.5, never);
    controller.abort(new Error('interrupted'));
    await expect(second).rejects.toThrow('interrupted');
    first.settle(0.5);
    await expect(third).resolves.toBeDefined();
  });

  it('is never passed, whatever is asked for and in whatever order it ends', async () => {
    const usd = fc.double({ min: 0, max: 1, noNaN: true });
    const request = fc.record({ worst: usd, share: usd, endsEarly: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.array(request),
        async (max, requests) => {
          const budget = openBudget(max);
          const underWay: { reservation: Reservation; worst: number; share: number }[] = [];
          const highest = () => budget.spent() + underWay.reduce((sum, { worst }) => sum + worst, 0);
          const end = () => {
            const ended = underWay.shift();
            ended?.reservation.settle(ended.worst * ended.share);
          };
          for (const { worst, share, endsEarly } of requests) {
            budget.reserve(worst, never).then(
              (reservation) => underWay.push({ reservation, worst, share }),
              () => {},
            );
            await Promise.resolve();
            await Promise.resolve();
            expect(highest()).toBeLessThanOrEqual(max + 1e-9);
            if (endsEarly) end();
          }
          for (let left = requests.length; left > 0; left -= 1) {
            end();
            await Promise.resolve();
            await Promise.resolve();
            expect(highest()).toBeLessThanOrEqual(max + 1e-9);
          }
          expect(budget.spent()).toBeLessThanOrEqual(max + 1e-9);
        },
      ),
    );
  });
});
