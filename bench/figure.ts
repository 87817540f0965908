import Table from 'cli-table3';

/** One measured number and what it should be. */
export interface Figure {
  what: string;
  value: string;
  /** As a sentence's end, such as `at least 0.92`; null where nothing is promised. */
  target: string | null;
  isMet: boolean;
}

/** A number that should not be below a floor. */
export function atLeast(what: string, value: number, floor: number, digits = 3): Figure {
  return { what, value: value.toFixed(digits), target: `at least ${floor}`, isMet: value >= floor };
}

/** A number that should not be above a ceiling. */
export function atMost(what: string, value: number, ceiling: number, digits = 3): Figure {
  return { what, value: value.toFixed(digits), target: `at most ${ceiling}`, isMet: value <= ceiling };
}

/** A number without a target. */
export function plain(what: string, value: string): Figure {
  return { what, value, target: null, isMet: true };
}

export function figureTable(part: string, figures: readonly Figure[]): string {
  const table = new Table({ head: [part, 'measured', 'target', ''], style: { head: [], border: [] } });
  for (const { what, value, target, isMet } of figures)
    table.push([what, value, target ?? '', target === null ? '' : isMet ? 'met' : 'MISSED']);
  return table.toString();
}
