import { earliestStart, type Pace } from './pace.ts';
import type { Timing } from './timing.ts';

interface Waiting {
  group: string | null;
  isFirst: boolean;
  start: () => void;
  reject: (reason: unknown) => void;
}

export interface WaitingLine {
  /**
   * Resolves when a request of this group may start, with whether it is the group's first; null is no
   * group. A first that was not answered enters again as `isFirst`, ahead of its group.
   */
  enter(group: string | null, isFirst: boolean, signal: AbortSignal): Promise<boolean>;
  /** The first of a group has ended: the others may follow, or the next is first. */
  firstEnded(group: string, answered: boolean): void;
  /** Starts whoever may start now, and wakes again when the next may. */
  advance(): void;
  /** Everyone who waits is turned away. */
  close(reason: unknown): void;
}

/**
 * Requests that wait for the pace to let them start, first come first served. The first of a group goes
 * alone, so that what the group has in common is written to the prompt cache once.
 */
export function waitingLine(
  pace: { current(): Pace; started(): void },
  { clock, sleep }: Pick<Timing, 'clock' | 'sleep'>,
): WaitingLine {
  const line: Waiting[] = [];
  const groups = new Map<string, 'first under way' | 'open'>();
  let alarm: { at: number; controller: AbortController } | null = null;

  const unsetAlarm = () => {
    alarm?.controller.abort();
    alarm = null;
  };
  const setAlarm = (at: number) => {
    if (alarm !== null && alarm.at <= at) return;
    unsetAlarm();
    const controller = new AbortController();
    alarm = { at, controller };
    sleep(Math.max(0, at - clock()), controller.signal).then(
      () => {
        if (controller.signal.aborted) return;
        alarm = null;
        advance();
      },
      () => {},
    );
  };
  const advance = () => {
    for (;;) {
      const place = line.findIndex(
        ({ group, isFirst }) => isFirst || group === null || groups.get(group) !== 'first under way',
      );
      const next = line[place];
      const at = earliestStart(pace.current());
      if (next === undefined || at === null) return unsetAlarm();
      if (at > clock()) return setAlarm(at);
      line.splice(place, 1);
      pace.started();
      next.start();
    }
  };

  return {
    enter: (group, isFirst, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const leave = () => {
          line.splice(line.indexOf(waiting), 1);
          reject(signal.reason);
          advance();
        };
        const waiting: Waiting = {
          group,
          isFirst,
          start: () => {
            signal.removeEventListener('abort', leave);
            const first = group !== null && (isFirst || !groups.has(group));
            if (first) groups.set(group, 'first under way');
            resolve(first);
          },
          reject: (reason) => {
            signal.removeEventListener('abort', leave);
            reject(reason);
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        line.push(waiting);
        advance();
      }),
    firstEnded: (group, answered) => {
      if (answered) groups.set(group, 'open');
      else groups.delete(group);
      advance();
    },
    advance,
    close: (reason) => {
      for (const waiting of line.splice(0)) waiting.reject(reason);
      unsetAlarm();
    },
  };
}
