import type { Answer } from '../schema/run-record.ts';

/** What an answer is an answer to. */
export interface AnswerKey {
  /** Hash of the exact request. */
  request: string;
  /** The model and, where it has one, its revision. */
  model: string;
  /** 0-based: the same request may be asked several times. */
  repeat: number;
}

/** Where answers are kept. `put` returns only when the answer would survive the death of the process. */
export interface Store {
  get(key: AnswerKey): Answer | null;
  /**
   * Answers of one model to many requests, first repeats, by request; those that are there. Absent where it would
   * save nothing over `get`.
   */
  getMany?(model: string, requests: readonly string[]): Map<string, Answer>;
  put(key: AnswerKey, answer: Answer): void;
  close(): void;
}

/** A store that lives as long as the process. */
export function memoryStore(): Store {
  const answers = new Map<string, Answer>();
  const name = (key: AnswerKey) => `${key.request} ${key.repeat} ${key.model}`;
  return {
    get: (key) => answers.get(name(key)) ?? null,
    put: (key, answer) => void answers.set(name(key), answer),
    close: () => answers.clear(),
  };
}
