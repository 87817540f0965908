import type { AnswerModel, PossibleAnswer } from './answer-model.ts';

/**
 * How large a share of families a simulated change has to break, so that the headline metric falls by a loss.
 *
 * What the cells come to on average is linear in that share, and a share of cases (accuracy, recall) is linear
 * in the cells: the expected loss is then exactly what was asked for. For a metric that bends, such as F1, it is
 * the loss of the average cells.
 *
 * @param noise share of answers that come out otherwise, 0 … 1
 * @returns a function of the loss, in the metric's unit and above 0 (0.02 is 2 points), that gives a share
 *   within (0, 1], or null where breaking every family would not cost so much
 */
export function brokenShares(model: AnswerModel, noise: number): (loss: number) => number | null {
  const { scorer, headline, better } = model;
  const { sound, broken } = expectedCells(model, noise);
  const values = new Float64Array(scorer.metrics.length);
  const valueAt = (share: number) => {
    scorer.measure(
      sound.map((cell, i) => (1 - share) * cell + share * (broken[i] ?? 0)),
      values,
    );
    return (better === 'higher' ? 1 : -1) * (values[headline] ?? Number.NaN);
  };
  return (loss) => {
    const goal = valueAt(0) - loss;
    if (!(valueAt(1) <= goal)) return null;
    let [low, high] = [0, 1];
    for (let i = 0; i < 50; i++) {
      const middle = (low + high) / 2;
      if (valueAt(middle) <= goal) high = middle;
      else low = middle;
    }
    return high;
  };
}

/** The cells of a run on average: with no family broken, and with all of them. */
function expectedCells({ scorer, cases }: AnswerModel, noise: number) {
  const sound = new Float64Array(scorer.size);
  const broken = new Float64Array(scorer.size);
  for (const { usual, others, wrong } of cases) {
    let right = 0;
    const add = (answer: PossibleAnswer, weight: number) => {
      addTo(sound, answer, weight);
      if (answer.right) right += weight;
      else addTo(broken, answer, weight);
    };
    add(usual, 1 - noise);
    for (const other of others) add(other, noise / others.length);
    for (const instead of wrong) addTo(broken, instead, right / wrong.length);
  }
  return { sound, broken };
}

function addTo(cells: Float64Array, { additions }: PossibleAnswer, weight: number): void {
  for (const [cell, value] of additions ?? []) cells[cell] = (cells[cell] ?? 0) + weight * value;
}
