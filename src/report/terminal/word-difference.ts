/** Words shown before and after what differs. */
const CONTEXT = 6;

/**
 * Where two texts differ, as two lines: from the first word that is not the same in both to the last, with some
 * words around it.
 *
 * @example wordDifference('I saw a cat today', 'I saw a dog today') // ['- I saw a cat today', '+ I saw a dog today']
 */
export function wordDifference(before: string, now: string): [string, string] {
  const [a, b] = [before.trim().split(/\s+/), now.trim().split(/\s+/)];
  const shorter = Math.min(a.length, b.length);
  let lead = 0;
  while (lead < shorter && a[lead] === b[lead]) lead += 1;
  let trail = 0;
  while (trail < shorter - lead && a.at(-1 - trail) === b.at(-1 - trail)) trail += 1;
  const part = (words: readonly string[]) => {
    const start = Math.max(0, lead - CONTEXT);
    const end = Math.min(words.length, words.length - trail + CONTEXT);
    const text = words.slice(start, end).join(' ');
    return `${start > 0 ? '… ' : ''}${text}${end < words.length ? ' …' : ''}`;
  };
  return [`- ${part(a)}`, `+ ${part(b)}`];
}
