/** A label and what is thought of the case it stands on. */
export interface Predicted {
  /** Index of the class that the label gives. */
  given: number;
  /** Of each class, from 0 to 1. */
  probabilities: readonly number[];
}

/** What confident learning counts. Rows are given labels, columns the classes that cases confidently belong to. */
export interface ConfidentJoint {
  /** By class: the mean probability of the class among cases labelled so; null where none is. */
  thresholds: (number | null)[];
  /** Cases; one that is confidently of no class is not counted. */
  counts: number[][];
  /** The counts, scaled so that each row has the share of its label, all together 1. */
  joint: number[][];
  /** Share of labels that are not what their cases are, from 0 to 1: what of `joint` is off the diagonal. */
  noise: number;
}

/**
 * Counts labels against what cases confidently are. A case is confidently of a class where its probability of it is
 * at least what cases labelled so have on average; of several such classes, of the most probable one, and of equally
 * probable ones the label's. The average is what calibrates: a class that is predicted too seldom needs less.
 *
 * It takes classes to be confused by chance, whatever the case. What a model confuses for good reasons, always on the
 * same cases, it counts as noise of the labels.
 *
 * Source: Northcutt, Jiang & Chuang (2021), "Confident learning: estimating uncertainty in dataset labels", JAIR 70,
 * 1373-1411, section 3.
 *
 * @param classes how many there are
 */
export function confidentJoint(cases: readonly Predicted[], classes: number): ConfidentJoint {
  const labelled = Array.from({ length: classes }, (_, label) =>
    cases.filter(({ given }) => given === label),
  );
  const thresholds = labelled.map((some, label) => meanOf(some, label));
  const counts = labelled.map((some) => {
    const row = new Array<number>(classes).fill(0);
    for (const each of some) {
      const place = confidentClass(each, thresholds);
      if (place !== null) row[place] = (row[place] ?? 0) + 1;
    }
    return row;
  });
  const joint = jointOf(
    counts,
    labelled.map((some) => some.length),
  );
  const right = joint.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
  return { thresholds, counts, joint, noise: cases.length === 0 ? 0 : Math.max(0, 1 - right) };
}

/** The class that a case confidently is of; null where it is of none. */
export function confidentClass(
  { given, probabilities }: Predicted,
  thresholds: readonly (number | null)[],
): number | null {
  let best: number | null = null;
  for (const [label, threshold] of thresholds.entries()) {
    const own = probabilities[label] ?? 0;
    // Means of equal numbers may differ from them in the last bit.
    if (threshold === null || own < threshold - 1e-9) continue;
    const most = best === null ? -1 : (probabilities[best] ?? 0);
    if (own > most || (own === most && label === given)) best = label;
  }
  return best;
}

/**
 * The joint distribution that counts estimate: each row scaled to the share of cases labelled so. A label of which no
 * case is confidently of any class is taken to be right.
 *
 * @param labelled by class: how many cases are labelled so
 */
export function jointOf(counts: readonly (readonly number[])[], labelled: readonly number[]): number[][] {
  const total = labelled.reduce((sum, count) => sum + count, 0);
  return counts.map((row, label) => {
    const counted = row.reduce((sum, count) => sum + count, 0);
    const share = total === 0 ? 0 : (labelled[label] ?? 0) / total;
    return row.map((count, place) => {
      if (counted === 0) return place === label ? share : 0;
      return (count / counted) * share;
    });
  });
}

function meanOf(some: readonly Predicted[], label: number): number | null {
  if (some.length === 0) return null;
  return some.reduce((sum, { probabilities }) => sum + (probabilities[label] ?? 0), 0) / some.length;
}
