import type { FurtherQuestion } from './ask-conversation.ts';
import type { LoadedStudy } from './load-study.ts';

/** Questions of one suite about conversations, or about one window of them: what a study asks after another. */
export interface Stage {
  /** `affective`, or `sentiment/opening` for a window. */
  name: string;
  suite: string;
  /** Characters of the prompt's system text, which all its requests have. */
  systemCharacters: number;
  /** Tokens of the longest answer, thinking included. */
  maxTokens: number;
  /** Human messages that a conversation needs for it. */
  humanMessages: number;
}

/** A study's stages in its order, the selecting one first; one that it names twice is asked once. */
export function stagesOf({ study, suites }: LoadedStudy): Stage[] {
  const stage = (suite: string, window: string | null, humanMessages: number): Stage[] => {
    const prompt = suites.get(suite)?.prompt;
    if (prompt === undefined) return [];
    const { system, settings } = prompt;
    return [
      {
        name: stageName({ suite, window }),
        suite,
        systemCharacters: system.length,
        maxTokens: settings.max_tokens,
        humanMessages,
      },
    ];
  };
  const shifts = (study.shifts ?? []).flatMap(({ suite, from, to }) => {
    const windows = suites.get(suite)?.suite.task.windows ?? {};
    const needed = Math.max(...[from, to].map((name) => windows[name]?.at_least ?? 1));
    return [from, to].flatMap((window) => stage(suite, window, needed));
  });
  const all = [
    ...stage(study.select.suite, null, 1),
    ...(study.rates ?? []).flatMap(({ suite }) => stage(suite, null, 1)),
    ...shifts,
  ];
  return [...new Map(all.map((each) => [each.name, each])).values()];
}

/** The stage that a question is asked in. */
export function stageName({ suite, window }: Pick<FurtherQuestion, 'suite' | 'window'>): string {
  return window === null ? suite : `${suite}/${window}`;
}
