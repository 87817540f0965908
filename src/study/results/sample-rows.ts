import Type from 'typebox';
import { InputError } from '../../errors/errors.ts';
import type { Study } from '../../schema/study.ts';
import type { Task } from '../../task/task.ts';
import { allocateSample } from './allocate-sample.ts';
import type { Database } from './open-database.ts';
import { readingResults } from './read-results.ts';
import { openViews } from './result-views.ts';

/** Stratum of the conversations without a usable answer; no label has a space. */
export const NO_ANSWER = 'no answer';

const Strata = Type.Array(Type.Object({ stratum: Type.String(), size: Type.Number() }));
const Drawn = Type.Array(
  Type.Object({
    conversation: Type.String(),
    file: Type.String(),
    line: Type.Number(),
    key: Type.String(),
  }),
);

/** A conversation of a stratified random sample. */
export interface SampledRow {
  conversation: string;
  file: string;
  line: number;
  /** Label that the model gave, or `no answer`. */
  stratum: string;
  /** Conversations of the corpus in the stratum, and of the sample. */
  stratumSize: number;
  sampledInStratum: number;
  /** Conversations of the corpus that it stands for. */
  weight: number;
}

/**
 * Draws a random sample of a study's conversations, stratified by the label that the model gave; sizes as
 * `allocateSample` gives them. The rows are in random order, so that their place tells nothing of their label.
 * The same results and seed give the same sample, whatever the order in which they were written.
 *
 * @param n whole, from 1; all conversations are drawn where there are no more
 * @throws InputError when there are no results or no conversation in them, or `n` is under two for each label
 */
export function sampleRows(
  folder: string,
  study: Study,
  tasks: readonly Task[],
  { n, seed }: { n: number; seed: number },
): Promise<SampledRow[]> {
  return readingResults(folder, async (database) => {
    const views = await openViews(database, 'results', folder, { ...study, rates: [], shifts: [] }, tasks);
    const strata = await database.rows(
      Strata,
      `SELECT coalesce(label, $noAnswer) AS stratum, count(*) AS size FROM ${views.selected}
      GROUP BY stratum ORDER BY stratum`,
      { noAnswer: NO_ANSWER },
    );
    refuseEmpty(folder, strata.length);
    const sizes = allocateSample(
      strata.map(({ size }) => size),
      n,
    );
    refuseTooFew(
      n,
      sizes.reduce((sum, size) => sum + size, 0),
    );
    const sample: (SampledRow & { key: string })[] = [];
    for (const [index, { stratum, size }] of strata.entries()) {
      const sampledInStratum = sizes[index] ?? 0;
      const drawn = await draw(database, views.selected, { stratum, seed, n: sampledInStratum });
      const weight = size / sampledInStratum;
      sample.push(...drawn.map((row) => ({ ...row, stratum, stratumSize: size, sampledInStratum, weight })));
    }
    return sample.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ key: _, ...row }) => row);
  });
}

/** Those whose seeded hashes are the smallest: MD5, since DuckDB's own hash may change with its version. */
function draw(
  database: Database,
  selected: string,
  { stratum, seed, n }: { stratum: string; seed: number; n: number },
) {
  return database.rows(
    Drawn,
    `SELECT conversation, file, line, md5($seed::VARCHAR || ' ' || conversation) AS key FROM ${selected}
    WHERE coalesce(label, $noAnswer) = $stratum ORDER BY key, conversation LIMIT $n::INTEGER`,
    { seed: String(seed), stratum, n, noAnswer: NO_ANSWER },
  );
}

function refuseEmpty(folder: string, strata: number): void {
  if (strata > 0) return;
  const what = 'the study has no conversation to draw from';
  throw new InputError([
    { file: folder, line: null, id: null, what, mend: 'Run it over a corpus that has some' },
  ]);
}

function refuseTooFew(n: number, least: number): void {
  if (n >= least) return;
  const what = `${n} are too few: two of each label that the model gave are needed`;
  throw new InputError([{ file: '--n', line: null, id: null, what, mend: `Draw at least ${least}` }]);
}
