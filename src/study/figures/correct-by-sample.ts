import type { Stratum } from '../../schema/sample.ts';
import { stratifiedPrevalence } from '../../statistics/stratified-prevalence.ts';
import {
  type PredictedStratum,
  weightedPredictionPowered,
} from '../../statistics/weighted-prediction-powered.ts';
import type { CorrectedFigure } from '../figure.ts';
import type { LabelledConversation, LabelledSample } from '../labelled-sample.ts';
import { labelledCases, tallyErrors } from '../tally-errors.ts';
import type { Correction } from './correct-by-goldens.ts';

/**
 * The share of all conversations that are kept, those without a usable answer included: each stratum's share by the
 * labels, weighted by its size.
 */
export function correctKept({ strata, labelled }: LabelledSample): Correction {
  const parts = strata.map(({ name, size }) => {
    const truths = labelled.flatMap(({ stratum, truth }) => (stratum === name ? (truth ?? []) : []));
    return { size, labelled: truths.length, positive: truths.filter(({ kept }) => kept).length };
  });
  const found = stratifiedPrevalence(parts);
  if (found === null)
    return { corrected: [], cautions: [tooFew(parts.filter((part) => part.labelled === 0).length)] };
  const { estimate: value, interval } = found;
  const cases = parts.reduce((sum, part) => sum + part.labelled, 0);
  return { corrected: [{ method: 'labelled sample', value, interval, labelled: cases }], cautions: [] };
}

/** The share of all conversations that are kept and of a topic. */
export function correctTopic({ strata, labelled }: LabelledSample, topic: string): Correction {
  return predictionPowered(
    strata.map(({ name, size, topics }) => ({
      unlabelled: { n: size, positive: topics[topic] ?? 0 },
      labelled: tallyErrors(
        labelled.flatMap(({ stratum, truth, said }) =>
          stratum === name && truth !== null
            ? [[truth.topics.includes(topic), said.topics.includes(topic)] as const]
            : [],
        ),
        (pair) => pair,
      ),
    })),
  );
}

/** The true rate among the conversations that the model kept, or found to be of a topic, and answered. */
export function correctRate(sample: LabelledSample, name: string, topic: string | null): Correction {
  const { strata, labelled } = sample;
  if (!labelled.some(({ rates }) => rates[name] !== undefined))
    return { corrected: [], cautions: ['The sample has no labels for it.'] };
  const { corrected, cautions } = predictionPowered(
    strata.flatMap((stratum) => {
      const counts = countsOf(stratum, name, topic);
      if (counts.answered === 0) return [];
      const pairs = labelled.flatMap((each) => pairOf(each, stratum, name, topic));
      const unlabelled = { n: counts.answered, positive: counts.positive };
      return [{ unlabelled, labelled: tallyErrors(pairs, (pair) => pair) }];
    }),
  );
  const scope =
    'The sample corrects the answers to this question, not which conversations were kept for it to be asked of.';
  return { corrected, cautions: corrected.length > 0 ? [scope, ...cautions] : cautions };
}

function countsOf({ rates }: Stratum, name: string, topic: string | null) {
  return rates[name]?.find((each) => each.topic === topic) ?? { answered: 0, positive: 0 };
}

function pairOf(
  { stratum, said, rates }: LabelledConversation,
  { name: wanted }: Stratum,
  name: string,
  topic: string | null,
): [truth: boolean, said: boolean][] {
  const truth = rates[name];
  const answer = said.rates[name] ?? null;
  const isCounted = stratum === wanted && said.kept && (topic === null || said.topics.includes(topic));
  return isCounted && truth !== undefined && answer !== null ? [[truth, answer]] : [];
}

function predictionPowered(strata: readonly PredictedStratum[]): Correction {
  const counted = strata.filter(({ unlabelled }) => unlabelled.n > 0);
  const labelled = counted.reduce((sum, stratum) => sum + labelledCases(stratum.labelled), 0);
  const forms = [
    { method: 'tuned prediction-powered', lambda: 'tuned' },
    { method: 'prediction-powered', lambda: 1 },
  ] as const;
  const corrected = forms.flatMap(({ method, lambda }): CorrectedFigure[] => {
    const found = weightedPredictionPowered(counted, { lambda });
    return found === null ? [] : [{ method, value: found.estimate, interval: found.interval, labelled }];
  });
  const empty = counted.filter((stratum) => labelledCases(stratum.labelled) === 0).length;
  return { corrected, cautions: corrected.length === 0 ? [tooFew(empty)] : [] };
}

/** @param empty strata without a label */
function tooFew(empty: number): string {
  const strata = empty === 1 ? 'one of its groups has' : `${empty} of its groups have`;
  return `The sample is not used here: ${strata} no conversation that was labelled. Label the rest of its file.`;
}
