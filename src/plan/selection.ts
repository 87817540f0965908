import type { CaseRecord } from '../schema/run-record.ts';

/** What part of a suite to run. */
export interface Selection {
  /** Every condition must hold, e.g. `tag:boundary`. */
  filters: readonly Filter[];
  /** At most so many cases, the first by id; null for all. */
  limit: number | null;
}

export interface Filter {
  by: (typeof FILTER_KEYS)[number];
  value: string;
}

const FILTER_KEYS = ['tag', 'lang', 'window', 'family', 'id'] as const;

/** Reads `tag:boundary`, `lang:zh`, `window:closing`, `family:f0002` or `id:c0002`; null when it is none of these. */
export function parseFilter(text: string): Filter | null {
  const [, key, value] = /^([a-z]+):(.+)$/.exec(text) ?? [];
  const by = FILTER_KEYS.find((known) => known === key);
  return by === undefined || value === undefined ? null : { by, value };
}

type Selectable = Pick<CaseRecord, 'id' | 'conversation' | 'window' | 'family' | 'lang' | 'tags'>;

/** Whether a case is what a filter asks for; an id may be the case's or its conversation's. */
export function matchesFilter(filter: Filter, candidate: Selectable): boolean {
  switch (filter.by) {
    case 'tag':
      return candidate.tags.includes(filter.value);
    case 'id':
      return candidate.id === filter.value || candidate.conversation === filter.value;
    default:
      return candidate[filter.by] === filter.value;
  }
}
