import type { MessagePort } from 'node:worker_threads';

/** What promptfoo is to evaluate: case ids, never a conversation's text, which it would render as a template. */
export interface EvaluationPlan {
  questions: readonly { id: string; repeat: number }[];
  /** Shown by promptfoo's viewer. */
  prompt: string;
  model: string;
  concurrency: number;
  /** Where promptfoo keeps its state. */
  stateDirectory: string;
  /** Whether promptfoo's own viewer is to find the evaluation. */
  isKept: boolean;
}

/** An answer in promptfoo's terms, with a score per field. */
export interface GradedAnswer {
  response: {
    output: string;
    isRefusal?: boolean;
    tokenUsage: { prompt: number; completion: number; total: number; numRequests: number };
    latencyMs: number;
    cost?: number;
  };
  grade: { pass: boolean; score: number; reason: string; namedScores: Record<string, number> };
}

export type ToWorker =
  /** `index` counts the plan's questions. */
  { kind: 'answer'; index: number; answer: GradedAnswer } | { kind: 'cancel' };

export type FromWorker = { kind: 'evaluated' } | { kind: 'failed'; reason: string };

/** What the thread is told: to get ready, or to begin an evaluation that goes on over a port of its own. */
export type ForWorker =
  | { kind: 'prepare'; stateDirectory: string }
  | { kind: 'evaluate'; plan: EvaluationPlan; port: MessagePort };
