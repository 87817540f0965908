import { type Asked, type AskOptions, ask } from '../ask/ask.ts';
import { concernsCase } from '../judge/judge-must-pass.ts';
import { addUsage } from '../model/model.ts';
import type { Case } from '../plan/case.ts';
import type { Answer, RunRecord } from '../schema/run-record.ts';
import { largestFamily, seededOrder } from './seeded-order.ts';
import { type Watched, watchFamilies, watchNamedCases } from './stopping-watcher.ts';

/** What a sequential run asked, and which of it counts. */
export interface SequentiallyAsked {
  /** Answers to the cases that count alone; `asked` and `spent` tell of all that were got. */
  asked: Asked;
  sequential: NonNullable<RunRecord['sequential']>;
}

/**
 * Asks cases in a seeded random order, whole families at a time, until every rule is decided by a test that may be
 * looked at after each, or one is lost; then, unless the gate is lost, the cases that `must_pass` rules name. Which
 * cases count depends on the answers alone, not on when they came or whether they were recorded: those that came
 * after the decision stay in the store.
 */
export async function askSequentially(
  cases: readonly Case[],
  seed: number,
  watched: Watched,
  options: Omit<AskOptions, 'watcher'>,
): Promise<SequentiallyAsked> {
  const families = seededOrder(cases, seed);
  const watcher = watchFamilies(families, watched);
  const first = await ask(families.flat(), { ...options, watcher });
  const counted = families.slice(0, watcher.counted()).flat();
  const named =
    watcher.standing() === 'decided' ? namedCases(families.slice(watcher.counted()), watched) : [];
  const namedWatcher = watchNamedCases(named, watched);
  const second = await ask(named, { ...options, watcher: namedWatcher });
  const answers = new Map<string, readonly Answer[]>();
  for (const { id } of [...counted, ...named.slice(0, namedWatcher.counted())])
    answers.set(id, first.answers.get(id) ?? second.answers.get(id) ?? []);
  return {
    asked: {
      answers,
      asked: first.asked + second.asked,
      spent: addUsage([first.spent, second.spent]),
      seconds: first.seconds + second.seconds,
    },
    sequential: {
      seed,
      families: watcher.counted(),
      planned_families: families.length,
      largest_family: largestFamily(families),
    },
  };
}

function namedCases(families: readonly (readonly Case[])[], { suite }: Watched): Case[] {
  const rules = suite.rules.filter((rule) => rule.rule === 'must_pass');
  return families.flat().filter((each) => rules.some((rule) => concernsCase(rule, each)));
}
