import type { Baseline } from '../baseline/baseline.ts';
import { IncompleteRunError } from '../errors/errors.ts';
import type { Case } from '../plan/case.ts';
import { plural } from '../score/metric-text.ts';
import { EMBEDDED_REVISION } from './embedded-model.ts';
import type { Model } from './model.ts';
import { type ModelChoice, modelIdOf } from './model-choice.ts';

/** A model whose recordings are all there is: asking it anything new is an error in the program. */
export function replayModel(of: Exclude<ModelChoice, { kind: 'replay' }>): Model {
  return {
    id: modelIdOf(of),
    revision: of.kind === 'embedded' ? String(EMBEDDED_REVISION) : null,
    ask: async () => {
      throw new Error('a replay asks nothing');
    },
  };
}

/**
 * Says which cases of a suite have no recording, and why: the prompt, the golden or the model changed.
 *
 * @param missing cases without a recorded answer
 * @param promptSha256 the prompt's fingerprint today
 */
export function missingRecordings(
  suite: string,
  model: string,
  missing: readonly Case[],
  baseline: Baseline | null,
  promptSha256: string,
): IncompleteRunError {
  const why =
    baseline === null
      ? { [`nothing of ${model} is recorded in a baseline`]: missing.length }
      : countReasons(missing, baseline, promptSha256);
  const reasons = Object.entries(why).map(([reason, count]) => `${count} because ${reason}`);
  return new IncompleteRunError(
    `${suite}: ${plural(missing.length, 'case')} without a recorded answer of ${model}: ${reasons.join(', ')}.`,
    `Ask for them: touchstone run ${suite} --model ${model}`,
  );
}

function countReasons(
  missing: readonly Case[],
  baseline: Baseline,
  promptSha256: string,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { id, text } of missing) {
    const recorded = baseline.cases.get(id);
    const reason =
      recorded === undefined
        ? 'the golden is new'
        : recorded.text !== text
          ? 'the golden changed'
          : baseline.header.prompt !== promptSha256
            ? 'the prompt changed'
            : 'the request changed otherwise (answer schema, repeats, or touchstone itself)';
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}
