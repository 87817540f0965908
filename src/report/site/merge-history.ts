import type { HistoryPoint } from '../page/page-input.ts';

/** Points that a suite keeps, over all models, the newest. */
const MOST = 1_000;

/**
 * What was published before, with what is known now, sorted by time. A commit has one accepted and one other point
 * per suite and model: what is known now outranks what was published, being scored with today's labels. Whether
 * the prompt changed is told anew against the point before, of the same suite, model and kind.
 */
export function mergeHistory(
  published: readonly HistoryPoint[],
  known: readonly HistoryPoint[],
): HistoryPoint[] {
  const points = new Map<string, HistoryPoint>();
  for (const point of [...published, ...known]) points.set(identityOf(point), point);
  const sorted = [...points]
    .sort(([a, first], [b, second]) => Date.parse(first.at) - Date.parse(second.at) || (a < b ? -1 : 1))
    .map(([, point]) => point);
  return newestOfEach(withPromptChanges(sorted));
}

function identityOf({ suite, model, kind, commit, at }: HistoryPoint): string {
  return JSON.stringify([suite, model, kind, commit ?? at]);
}

function withPromptChanges(sorted: readonly HistoryPoint[]): HistoryPoint[] {
  const lastPrompt = new Map<string, string>();
  return sorted.map((point) => {
    const line = JSON.stringify([point.suite, point.model, point.kind]);
    const before = lastPrompt.get(line);
    lastPrompt.set(line, point.prompt);
    return before === undefined ? point : { ...point, promptChanged: before !== point.prompt };
  });
}

function newestOfEach(sorted: readonly HistoryPoint[]): HistoryPoint[] {
  const count = new Map<string, number>();
  return sorted
    .toReversed()
    .filter(({ suite }) => {
      const place = count.get(suite) ?? 0;
      count.set(suite, place + 1);
      return place < MOST;
    })
    .reverse();
}
