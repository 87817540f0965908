import { type Random, seededRandom } from '../statistics/random.ts';
import type { TermMatrix } from './term-matrix.ts';

/** Rows by group. */
export interface Clustering {
  /** Group of each row, 0 to groups − 1; −1 for a row that is like none. */
  group: Int32Array;
  /** Cosine of each row and its group's centre, 0 to 1. */
  similarity: Float64Array;
}

const RESTARTS = 3;
const MAX_ROUNDS = 30;

/**
 * Spherical k-means: groups rows of unit length by the cosine to their group's centre, from k-means++ starts; of
 * some starts the one with the greatest sum of cosines is kept. Takes time proportional to the cells times the groups.
 *
 * Sources: Dhillon and Modha (2001), Machine Learning 42, 143-175; Arthur and Vassilvitskii (2007), SODA.
 *
 * @param groups at least 1; some may come out empty
 */
export function kMeans(matrix: TermMatrix, { groups, seed }: { groups: number; seed: number }): Clustering {
  const random = seededRandom(seed);
  let best: Clustering | null = null;
  let most = -1;
  for (let start = 0; start < RESTARTS; start++) {
    const clustering = settle(matrix, groups, startingCentres(matrix, groups, random));
    const total = clustering.similarity.reduce((sum, cosine) => sum + cosine, 0);
    if (best === null || total > most) {
      best = clustering;
      most = total;
    }
  }
  return best ?? { group: new Int32Array(matrix.rows).fill(-1), similarity: new Float64Array(matrix.rows) };
}

function settle(matrix: TermMatrix, groups: number, start: Float64Array): Clustering {
  const clustering = {
    group: new Int32Array(matrix.rows).fill(-1),
    similarity: new Float64Array(matrix.rows),
  };
  let centres = start;
  for (let round = 0; round < MAX_ROUNDS && assign(matrix, groups, centres, clustering); round++)
    centres = centresOf(matrix, groups, clustering.group);
  return clustering;
}

/** Puts each row into the group with the nearest centre, the first of equals; says whether any moved. */
function assign(
  { rows, starts, cells, weights }: TermMatrix,
  groups: number,
  centres: Float64Array,
  { group, similarity }: Clustering,
): boolean {
  const cosines = new Float64Array(groups);
  let moved = false;
  for (let row = 0; row < rows; row++) {
    cosines.fill(0);
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
      const base = (cells[at] ?? 0) * groups;
      const weight = weights[at] ?? 0;
      for (let other = 0; other < groups; other++)
        cosines[other] = (cosines[other] ?? 0) + weight * (centres[base + other] ?? 0);
    }
    let nearest = -1;
    let most = 0;
    for (let other = 0; other < groups; other++) {
      if ((cosines[other] ?? 0) <= most) continue;
      nearest = other;
      most = cosines[other] ?? 0;
    }
    moved ||= group[row] !== nearest;
    group[row] = nearest;
    similarity[row] = most;
  }
  return moved;
}

/** The mean of each group's rows, scaled to unit length: the cell of a column and a group is at `column * groups + group`. */
export function centresOf(
  { rows, columns, starts, cells, weights }: TermMatrix,
  groups: number,
  group: Int32Array,
): Float64Array {
  const centres = new Float64Array(columns * groups);
  for (let row = 0; row < rows; row++) {
    const own = group[row] ?? -1;
    if (own === -1) continue;
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
      const cell = (cells[at] ?? 0) * groups + own;
      centres[cell] = (centres[cell] ?? 0) + (weights[at] ?? 0);
    }
  }
  const squares = new Float64Array(groups);
  for (const [cell, value] of centres.entries())
    squares[cell % groups] = (squares[cell % groups] ?? 0) + value ** 2;
  return centres.map((value, cell) => (value === 0 ? 0 : value / Math.sqrt(squares[cell % groups] ?? 1)));
}

/** Centres at rows drawn one after another, each with a probability proportional to 1 − cosine to the nearest so far. */
function startingCentres(matrix: TermMatrix, groups: number, random: Random): Float64Array {
  const { rows, columns, starts, cells, weights } = matrix;
  const distance = Float64Array.from({ length: rows }, (_, row) => (starts[row] === starts[row + 1] ? 0 : 1));
  const centre = new Float64Array(columns);
  const first = new Int32Array(rows).fill(-1);
  for (let group = 0; group < groups; group++) {
    const drawn = drawRow(distance, random);
    if (drawn === null) break;
    first[drawn] = group;
    centre.fill(0);
    for (let at = starts[drawn] ?? 0; at < (starts[drawn + 1] ?? 0); at++)
      centre[cells[at] ?? 0] = weights[at] ?? 0;
    for (let row = 0; row < rows; row++) {
      let cosine = 0;
      for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++)
        cosine += (weights[at] ?? 0) * (centre[cells[at] ?? 0] ?? 0);
      distance[row] = Math.max(0, Math.min(distance[row] ?? 0, 1 - cosine));
    }
    distance[drawn] = 0;
  }
  return centresOf(matrix, groups, first);
}

/** A row drawn in proportion to its distance; null where all are 0. */
function drawRow(distance: Float64Array, random: Random): number | null {
  let left = random() * distance.reduce((sum, value) => sum + value, 0);
  let last: number | null = null;
  for (const [row, value] of distance.entries()) {
    if (value <= 0) continue;
    last = row;
    left -= value;
    if (left < 0) break;
  }
  return last;
}
