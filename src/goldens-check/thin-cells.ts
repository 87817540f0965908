import type { ThinFinding } from './finding.ts';
import type { FieldTally } from './tally.ts';

/** Under so many cases an interval covers nearly everything, and nothing can be said. */
export const LEAST_CASES = 10;

/** Classes, and slices by language, tag and window, of which a field has too few cases to say anything. */
export function thinCells(tallies: readonly FieldTally[]): ThinFinding[] {
  return tallies.flatMap(({ labels, field, classes, slices }) => {
    const thin = (kind: ThinFinding['of']['kind'], counts: Record<string, number>) =>
      Object.entries(counts)
        .filter(([, count]) => count < LEAST_CASES)
        .map(([name, count]): ThinFinding => {
          return {
            section: 'thin',
            severity: 'note',
            of: { kind, name },
            field: `${labels}.${field}`,
            count,
          };
        });
    return [
      ...thin('class', classes),
      ...thin('lang', slices.lang),
      ...thin('tag', slices.tag),
      ...thin('window', slices.window),
    ];
  });
}
