import { InvalidArgumentError } from 'commander';

/** Reads an amount in dollars, from 0. */
export function amount(text: string): number {
  const value = Number(text);
  if (!(value >= 0) || text.trim() === '') throw new InvalidArgumentError('Not an amount in dollars.');
  return value;
}

/** Reads a share above 0, up to 1. */
export function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) throw new InvalidArgumentError('Not a share between 0 and 1.');
  return value;
}

/** Reads a whole number from `minimum`. */
export function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < minimum)
      throw new InvalidArgumentError(`Not a whole number from ${minimum}.`);
    return value;
  };
}
