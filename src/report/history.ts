import type { RunRecord } from '../schema/run-record.ts';
import { fieldVectors } from '../score/field-vectors.ts';
import { measureOf } from '../score/metric-text.ts';
import { scoreField } from '../score/score-field.ts';
import type { HistoryPoint } from './page/page-input.ts';

/** A run at a point in time, accepted or not. */
export interface DatedRun {
  run: Pick<RunRecord, 'suite' | 'cases' | 'repeats' | 'model' | 'prompt'>;
  /** ISO 8601. */
  at: string;
  commit: string | null;
  kind: HistoryPoint['kind'];
}

/** The headline metric of runs over time, per suite, model and kind; each point says whether the prompt changed. */
export function historyOf(runs: readonly DatedRun[]): HistoryPoint[] {
  const lastPrompt = new Map<string, string>();
  return runs
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ run, at, commit, kind }): HistoryPoint => {
      const { name, headline } = run.suite;
      const [field = ''] = headline.split('.');
      const vectors = fieldVectors(run.suite, field, run.cases, 'mean');
      const score = scoreField(vectors, [...run.cases.keys()], {
        resamples: 0,
        seed: 1,
        bootstrapped: () => false,
      });
      const metric = score.metrics[measureOf(headline)];
      const line = `${name} ${run.model} ${kind}`;
      const before = lastPrompt.get(line);
      lastPrompt.set(line, run.prompt.sha256);
      return {
        suite: name,
        model: run.model,
        at,
        commit,
        prompt: run.prompt.sha256,
        promptChanged: before !== undefined && before !== run.prompt.sha256,
        kind,
        metric: headline,
        value: metric?.value ?? null,
        low: metric?.interval?.low ?? null,
        high: metric?.interval?.high ?? null,
      };
    });
}
