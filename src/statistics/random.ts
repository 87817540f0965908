import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A number from [0, 1), uniform; each call gives the next. */
export type Random = () => number;

/**
 * A seeded stream of uniform numbers (xoroshiro128+, 32 bits each): the same seed gives the same
 * numbers on every machine.
 *
 * @param seed any whole number; its low 32 bits count
 */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed | 0);
  // The first numbers of neighbouring seeds resemble each other.
  for (let i = 0; i < 16; i++) generator.next();
  return () => (generator.next() >>> 0) / 0x1_0000_0000;
}

/**
 * A seed for one of several streams that share a seed: FNV-1a over the name. So a field's interval
 * depends neither on the other fields nor on their order.
 *
 * @example
 * seedFor(1, 'primary') === seedFor(1, 'primary'); // true
 */
export function seedFor(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash | 0;
}
