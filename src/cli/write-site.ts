import { chmodSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { GuardedJudgement } from '../goalposts/judge-guarded.ts';
import type { Project } from '../project/project.ts';
import { shallowEdge } from '../project/shallow-edge.ts';
import { isWholeRun } from '../record/whole-run.ts';
import { type Badge, overallBadge, suiteBadge } from '../report/badge/badge-of.ts';
import { badgeJson, badgeSvg } from '../report/badge/render-badge.ts';
import { type DatedRun, historyOf } from '../report/history.ts';
import { historyFile } from '../report/site/history-file.ts';
import { loadHistory } from '../report/site/load-history.ts';
import { mergeHistory } from '../report/site/merge-history.ts';
import { checkAgainst } from '../schema/check.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { Suite } from '../schema/suite.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { acceptedRuns } from './dated-runs.ts';
import { writePage } from './write-page.ts';
import { writeWhole } from './write-whole.ts';

export interface SiteOptions {
  /** Absolute path of the `history.json` that is published now; null where nothing is yet. */
  history: string | null;
  /** Whether conversations and the model's own words are on the page. A private repository's site may be public. */
  withText: boolean;
  /** How a path is shown to the user. */
  shown: (file: string) => string;
}

export interface WrittenSite {
  /** Absolute paths. */
  files: string[];
  /** What the user should know of the history, a sentence each. */
  notices: string[];
}

/** Readable by everybody, as a site's host wants its files. */
const PUBLIC = 0o644;

/**
 * Writes a folder that can be published as it is: the page (`index.html`), `history.json`, and badges as JSON and
 * SVG, `badge` for all suites and `badge-<suite>` for each.
 *
 * @param judged one a suite
 * @throws InputError where the published history is none, before anything is written
 */
export function writeSite(
  judged: readonly GuardedJudgement[],
  suites: readonly LoadedSuite[],
  project: Project,
  folder: string,
  { history: published, withText, shown }: SiteOptions,
): WrittenSite {
  const runs = judged.map(({ assessment }) => assessment.run);
  refuseNames(runs);
  const known = historyOf(runs.flatMap((run) => [...acceptedRuns(run, project), ...wholeRun(run)]));
  const history = mergeHistory(published === null ? [] : loadHistory(published, shown(published)), known);
  const names = new Set(runs.map(({ suite }) => suite.name));
  const page = writePage(judged, suites, project, path.join(folder, 'index.html'), {
    withText,
    history: history.filter(({ suite }) => names.has(suite)),
  });
  const files = new Map([
    ['history.json', `${JSON.stringify(historyFile(history))}\n`],
    ...badgeFiles('badge', overallBadge(judged)),
    ...judged.flatMap((each) => badgeFiles(`badge-${each.assessment.run.suite.name}`, suiteBadge(each))),
  ]);
  for (const [name, text] of files) writeWhole(path.join(folder, name), text);
  const written = [page, ...[...files.keys()].map((name) => path.join(folder, name))];
  for (const file of written) chmodSync(file, PUBLIC);
  return { files: written, notices: shallowNotice(project) };
}

/** The names become names of files. */
function refuseNames(runs: readonly RunRecord[]): void {
  const problems = runs.flatMap(
    ({ suite }) => checkAgainst(Suite.properties.name, suite.name, suite.path).problems,
  );
  if (problems.length > 0) throw new InputError(problems);
}

/** This run as a point of the history; none where only part of the suite was run. Changed files are no commit's. */
function wholeRun(run: RunRecord): DatedRun[] {
  if (!isWholeRun(run)) return [];
  const commit = run.git === null || run.git.dirty ? null : run.git.commit;
  return [{ run, at: run.started_at, commit, kind: 'run' }];
}

function badgeFiles(name: string, badge: Badge): [name: string, text: string][] {
  return [
    [`${name}.json`, badgeJson(badge)],
    [`${name}.svg`, badgeSvg(badge)],
  ];
}

function shallowNotice(project: Project): string[] {
  if (shallowEdge(project.root).size === 0) return [];
  return [
    'This clone is shallow: runs that were accepted before it begins are missing from the history, unless they were published before. Check out with the whole history (fetch-depth: 0) to have them.',
  ];
}
