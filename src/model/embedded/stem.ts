const VOWEL = /[aeiouy]/;

/**
 * Strips the inflections of an English word, so that `cooks`, `cooked` and `cooking` meet: step 1 of
 * Porter's stemmer (1980). Words of three letters or fewer and words in other scripts stay as they are.
 */
export function stem(word: string): string {
  if (word.length <= 3 || !/^[a-z]+$/.test(word)) return word;
  return finalY(participle(plural(word)));
}

function plural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (word.endsWith('ies')) return `${word.slice(0, -3)}i`;
  return word.endsWith('s') && !word.endsWith('ss') && !word.endsWith('us') ? word.slice(0, -1) : word;
}

function participle(word: string): string {
  const suffix = word.endsWith('eed') ? '' : word.endsWith('ing') ? 'ing' : word.endsWith('ed') ? 'ed' : '';
  const root = word.slice(0, word.length - suffix.length);
  if (suffix === '' || root.length < 2 || !VOWEL.test(root)) return word;
  if (/(?:at|bl|iz)$/.test(root)) return `${root}e`;
  if (/([^aeioulsz])\1$/.test(root)) return root.slice(0, -1);
  return /^[^aeiou]*[aeiouy][^aeiouwxy]$/.test(root) ? `${root}e` : root;
}

function finalY(word: string): string {
  return word.endsWith('y') && VOWEL.test(word.slice(0, -1)) ? `${word.slice(0, -1)}i` : word;
}
