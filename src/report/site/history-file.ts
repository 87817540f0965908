import { HISTORY_VERSION, type HistoryFile } from '../../schema/history.ts';
import type { HistoryPoint } from '../page/page-input.ts';

/** Points as `history.json` keeps them, each series in the order given; series sorted by suite, model and metric. */
export function historyFile(points: readonly HistoryPoint[]): HistoryFile {
  const groups = Map.groupBy(points, ({ suite, model, metric }) => JSON.stringify([suite, model, metric]));
  const series = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      const { suite, model, metric } = first;
      return [{ suite, model, metric, points: group.map(keptPoint) }];
    });
  return { touchstone: 'history', version: HISTORY_VERSION, series };
}

/** The points of a `history.json`, series after series. */
export function pointsOf({ series }: HistoryFile): HistoryPoint[] {
  return series.flatMap(({ suite, model, metric, points }) =>
    points.map(
      ({ interval, prompt_changed: promptChanged, ...point }): HistoryPoint => ({
        ...{ ...point, suite, model, metric, promptChanged },
        low: interval?.low ?? null,
        high: interval?.high ?? null,
      }),
    ),
  );
}

function keptPoint(point: HistoryPoint): HistoryFile['series'][number]['points'][number] {
  const { commit, value, low, high, prompt, promptChanged, kind } = point;
  return {
    at: new Date(point.at).toISOString(),
    commit,
    value,
    interval: low === null || high === null ? null : { low, high },
    prompt,
    prompt_changed: promptChanged,
    kind,
  };
}
