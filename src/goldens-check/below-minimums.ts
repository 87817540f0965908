import type { BalanceFinding } from './finding.ts';
import type { StatedMinimums } from './read-minimums.ts';
import type { Counts, FieldTally, Population } from './tally.ts';

/** Everything of which there is less than was asked for. */
export function belowMinimums(
  { file, minimums, line }: StatedMinimums,
  tallies: readonly FieldTally[],
  population: Population,
): BalanceFinding[] {
  const below = (
    of: string,
    counts: Counts,
    least: number | Record<string, number> | undefined,
    at: readonly string[],
  ): BalanceFinding[] => {
    if (least === undefined) return [];
    const each = typeof least === 'number' ? Object.keys(counts).map((name) => [name, least] as const) : [];
    const named = typeof least === 'number' ? [] : Object.entries(least);
    return [...each, ...named].flatMap(([name, minimum]): BalanceFinding[] => {
      const count = counts[name] ?? 0;
      const place = line(typeof least === 'number' ? [...at] : [...at, name]);
      if (count >= minimum) return [];
      return [
        { section: 'balance', severity: 'error', file, line: place, of: `${of} ${name}`, count, minimum },
      ];
    });
  };
  const ofFields = tallies.flatMap(({ labels, field, classes }) => {
    const own = minimums.fields?.[field];
    const name = `${labels}.${field}`;
    const { label } = minimums;
    if (own === undefined) return below(name, classes, label, ['label']);
    // A class that the field's own map does not name still has the minimum of all.
    const rest = Object.entries(classes).filter(
      ([each]) => typeof own === 'object' && own[each] === undefined,
    );
    return [
      ...below(name, classes, own, ['fields', field]),
      ...below(name, Object.fromEntries(rest), label, ['label']),
    ];
  });
  const ofPopulation = (['lang', 'length', 'tag'] as const).flatMap((kind) =>
    below(kind, population[kind], minimums[kind], [kind]),
  );
  return [...ofFields, ...ofPopulation];
}
