/** Labels of a stratum that tell something of its spread. */
const LEAST = 2;

/**
 * How many of a sample fall to each stratum: in proportion to the square root of its size, so that rare labels are
 * seen, yet no stratum less than two or more than it has. Seats are given one by one, to the stratum whose claim
 * is the greatest (Webster's method).
 *
 * Source: Kish (1976), J. R. Stat. Soc. A 139, 80-95 (between equal and proportional allocation); Balinski and
 * Young (1982), "Fair Representation" (Webster).
 *
 * @param sizes conversations of each stratum
 * @returns as many numbers; they add up to `n`, or to all there are, or to the least of every stratum
 *
 * @example
 * allocateSample([1_000_000, 10_000, 400], 112); // [100, 10, 2]
 */
export function allocateSample(sizes: readonly number[], n: number): number[] {
  const seats = sizes.map((size) => Math.min(LEAST, size));
  let left = n - seats.reduce((sum, given) => sum + given, 0);
  while (left > 0) {
    const claims = sizes.map((size, index) => {
      const given = seats[index] ?? 0;
      return given < size ? Math.sqrt(size) / (given + 0.5) : 0;
    });
    const greatest = Math.max(...claims);
    if (greatest <= 0) break;
    const winner = claims.indexOf(greatest);
    seats[winner] = (seats[winner] ?? 0) + 1;
    left -= 1;
  }
  return seats;
}
