import type { CaseRecord } from '../schema/run-record.ts';

/** A part of the cases: its name and their places in the run. */
export interface Slice {
  name: string;
  cases: number[];
}

/** Fewer cases than this say too little to be shown. */
const LEAST_CASES = 10;

/** Slices by tag, language and window with ten cases or more, ordered by name. */
export function slicesOf(cases: readonly Pick<CaseRecord, 'tags' | 'lang' | 'window'>[]): Slice[] {
  const slices = new Map<string, number[]>();
  for (const [index, { tags, lang, window }] of cases.entries()) {
    const names = [...new Set(tags)].map((tag) => `tag:${tag}`);
    names.push(`lang:${lang}`);
    if (window !== null) names.push(`window:${window}`);
    for (const name of names) {
      const slice = slices.get(name);
      if (slice === undefined) slices.set(name, [index]);
      else slice.push(index);
    }
  }
  return [...slices]
    .filter(([, members]) => members.length >= LEAST_CASES)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, members]) => ({ name, cases: members }));
}
