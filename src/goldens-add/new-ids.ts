/** An id that ends in a number: `c0418` is `c` and 418, four digits wide. */
const NUMBERED = /^(|[A-Za-z0-9_-]*[A-Za-z_-])(\d{1,12})$/;

const FIRST = { prefix: 'c', width: 4 };

/**
 * Ids for new conversations that go on with the numbering of those that are there: the prefix and width that most of
 * them have, from one above the highest number with that prefix. `c0001` where there are none.
 *
 * @param taken ids that no new conversation may have
 *
 * @example
 * [...newIds(['c0001', 'c0418'], ['c0419'], 2)]; // ['c0420', 'c0421']
 */
export function newIds(existing: Iterable<string>, taken: Iterable<string>, count: number): string[] {
  const numbered = [...existing].flatMap((id) => {
    const [, prefix = '', digits = ''] = NUMBERED.exec(id) ?? [];
    return digits === '' ? [] : [{ prefix, width: digits.length, number: Number(digits) }];
  });
  const { prefix, width } = mostFrequent(numbered) ?? FIRST;
  const used = new Set([...existing, ...taken]);
  const ids: string[] = [];
  let number = numbered.reduce(
    (most, each) => (each.prefix === prefix ? Math.max(most, each.number) : most),
    0,
  );
  while (ids.length < count) {
    number += 1;
    const id = `${prefix}${String(number).padStart(width, '0')}`;
    if (!used.has(id)) ids.push(id);
  }
  return ids;
}

/** The prefix that most ids have, and of these the width that most have; the first where several have as many. */
function mostFrequent(
  numbered: readonly { prefix: string; width: number }[],
): { prefix: string; width: number } | null {
  const largest = <K extends string | number>(groups: Map<K, unknown[]>) =>
    [...groups].reduce<[K, unknown[]] | null>(
      (most, group) => (most !== null && most[1].length >= group[1].length ? most : group),
      null,
    )?.[0];
  const prefix = largest(Map.groupBy(numbered, (each) => each.prefix));
  if (prefix === undefined) return null;
  const own = numbered.filter((each) => each.prefix === prefix);
  return { prefix, width: largest(Map.groupBy(own, (each) => each.width)) ?? FIRST.width };
}
