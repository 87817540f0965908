import type { CorpusConversation } from '../corpus/corpus-record.ts';
import { windowMessages } from '../goldens/window.ts';
import { type HashedRequest, requestMaker } from '../plan/request-maker.ts';
import type { Prompt } from '../prompt/load.ts';
import type { Answer } from '../schema/run-record.ts';
import type { Study } from '../schema/study.ts';
import type { Task } from '../task/task.ts';
import { cutConversation } from './cut-conversation.ts';
import { countHuman, type Left, leaves } from './funnel.ts';

/** As much of a checked study as its questions are made of: plain data, which can go to another thread. */
export interface AskedStudy {
  study: Study;
  /** By name. */
  suites: ReadonlyMap<string, { suite: { task: Task }; prompt: Pick<Prompt, 'system' | 'settings'> }>;
}

/** What of a checked study may go to another thread: no functions. */
export function askedStudy({ study, suites }: AskedStudy): AskedStudy {
  const plain = [...suites].map(([name, { suite, prompt }]) => {
    return [name, { suite: { task: suite.task }, prompt: { ...prompt } }] as const;
  });
  return { study, suites: new Map(plain) };
}

/** A question about a conversation of a corpus. */
export interface StudyQuestion extends HashedRequest {
  task: Task;
}

/** What a study found out about one conversation: plain data, a row a question. */
export interface StudiedConversation {
  conversation: string;
  file: string;
  line: number;
  humanMessages: number;
  cut: boolean;
  /** Answer to the selecting suite. */
  answer: Answer;
  left: Left | null;
  /** Answers to the other suites; empty where the conversation left the funnel. */
  further: { suite: string; window: string | null; answer: Answer }[];
}

/** A question that is asked of a kept conversation. */
export interface FurtherQuestion extends StudyQuestion {
  suite: string;
  window: string | null;
}

/** What a study asks of a conversation: pure, the same conversation always has the same questions. */
export interface StudyQuestions {
  /** The one whose answer decides whether the conversation is kept. */
  first(conversation: CorpusConversation): StudyQuestion;
  /** Those about a kept one, in the study's order. */
  further(conversation: CorpusConversation): FurtherQuestion[];
  /** Whether it stays: null, or why not. */
  leaves(first: Answer, humanMessages: number): Left | null;
  isCut(conversation: CorpusConversation): boolean;
}

export function studyQuestions({ study, suites }: AskedStudy): StudyQuestions {
  const makers = new Map(
    [...suites].map(([name, { suite, prompt }]) => {
      return [name, { task: suite.task, make: requestMaker(suite.task, prompt) }];
    }),
  );
  const maker = (name: string) => {
    const found = makers.get(name);
    if (found === undefined) throw new Error(`the study has no suite ${name}`);
    return found;
  };
  const select = maker(study.select.suite);
  const { longest = Number.POSITIVE_INFINITY } = study;

  return {
    first({ messages }) {
      const shown = cutConversation(messages, longest).messages;
      return { ...select.make(shown, null), task: select.task };
    },
    further({ messages: all }) {
      const { messages, placeOf } = cutConversation(all, longest);
      const rates = (study.rates ?? []).map(({ suite }) => {
        const { task, make } = maker(suite);
        return { ...make(messages, null), task, suite, window: null };
      });
      const shifts = (study.shifts ?? []).flatMap(({ suite, from, to }) => {
        const { task, make } = maker(suite);
        const windows = [from, to].map((name) => {
          const definition = task.windows?.[name];
          const meant = definition === undefined ? null : windowMessages({ messages: all }, definition);
          const left = meant?.flatMap((index) => placeOf(index) ?? []) ?? [];
          // A window is never filled up with other messages than its own.
          return { name, indexes: meant === null || left.length < meant.length ? null : left };
        });
        return windows.some(({ indexes }) => indexes === null)
          ? []
          : windows.map(({ name, indexes }) => {
              return { ...make(messages, { name, messages: indexes ?? [] }), task, suite, window: name };
            });
      });
      return [...rates, ...shifts];
    },
    leaves: (first, humanMessages) => leaves(study, first, humanMessages),
    isCut: ({ messages }) => cutConversation(messages, longest).isCut,
  };
}

/** An answer from wherever it is: at once where it is recorded. */
export type AnswerOf = (question: StudyQuestion) => Answer | Promise<Answer>;

/**
 * Asks all that a study asks of one conversation. Gives no promise where every answer is at hand: that is what makes
 * a corpus of recorded answers fast.
 */
export function studyConversation(
  questions: StudyQuestions,
  conversation: CorpusConversation,
  first: StudyQuestion,
  answerOf: AnswerOf,
): StudiedConversation | Promise<StudiedConversation> {
  const humanMessages = countHuman(conversation.messages);
  const studied = (answer: Answer, left: Left | null, further: StudiedConversation['further']) => ({
    conversation: conversation.id,
    ...conversation.position,
    humanMessages,
    cut: questions.isCut(conversation),
    answer,
    left,
    further,
  });
  const goOn = (answer: Answer): StudiedConversation | Promise<StudiedConversation> => {
    const left = questions.leaves(answer, humanMessages);
    if (left !== null) return studied(answer, left, []);
    const asked = questions.further(conversation);
    const answers = asked.map(answerOf);
    const rows = (given: readonly Answer[]) =>
      asked.flatMap(({ suite, window }, index) => {
        const found = given[index];
        return found === undefined ? [] : [{ suite, window, answer: found }];
      });
    const ready = answers.flatMap((each) => (each instanceof Promise ? [] : [each]));
    return ready.length === answers.length
      ? studied(answer, left, rows(ready))
      : Promise.all(answers).then((given) => studied(answer, left, rows(given)));
  };
  const answer = answerOf(first);
  return answer instanceof Promise ? answer.then(goOn) : goOn(answer);
}
