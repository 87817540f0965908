import type { Finding, ThinFinding } from '../../goldens-check/finding.ts';

/**
 * Thin cells, several a line: of a field its classes, of a slice the fields that have as few cases there.
 *
 * @example ['affective.topics: grief 3, money 7', 'lang it: 2 (affective.primary, pushback.pushback)']
 */
export function groupThinCells(findings: readonly Finding[]): string[] {
  const thin = findings.filter((finding): finding is ThinFinding => finding.section === 'thin');
  const classes = Map.groupBy(
    thin.filter(({ of }) => of.kind === 'class'),
    ({ field }) => field,
  );
  const slices = Map.groupBy(
    thin.filter(({ of }) => of.kind !== 'class'),
    ({ of, count }) => `${of.kind} ${of.name}: ${count}`,
  );
  return [
    ...Array.from(classes, ([field, cells]) => {
      return `${field}: ${cells.map(({ of, count }) => `${of.name} ${count}`).join(', ')}`;
    }),
    ...Array.from(slices, ([slice, cells]) => `${slice} (${cells.map(({ field }) => field).join(', ')})`),
  ];
}
