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

/** Reads a whole number from `minimum` to `maximum`. */
export function wholeNumber(
  minimum: number,
  maximum: number = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
    const most = maximum === Number.MAX_SAFE_INTEGER ? '' : ` to ${maximum}`;
    throw new InvalidArgumentError(`Not a whole number from ${minimum}${most}.`);
  };
}

/** Reads how often a case is to be asked. Every answer is a row of its own: more would fill the memory. */
export const repeats = wholeNumber(1, 1000);

/** Reads a port to listen on; 0 is any that is free. */
export const port = wholeNumber(0, 65_535);
