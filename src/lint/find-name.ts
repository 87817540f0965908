/** Where a text first has a name as words of their own, with any case, blanks or dashes; null where it has not. */
export function findName(text: string, name: string): number | null {
  const parts = name.split(/[_-]+/).filter((part) => part !== '');
  const words = parts.map((part) => part.replaceAll(/\W/g, '\\$&')).join('[\\s_-]+');
  const found = text.search(new RegExp(`(?<![\\p{L}\\p{N}_])${words}(?![\\p{L}\\p{N}_])`, 'iu'));
  return found === -1 ? null : found;
}
