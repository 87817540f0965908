/** What touchstone writes by itself: git is to leave it alone. */
const IGNORED = '.touchstone/';
const SAME_MEANING = [IGNORED, '.touchstone', `/${IGNORED}`, '/.touchstone'];

/**
 * What to add at the end of a `.gitignore` so that git ignores `.touchstone/`; empty where it does already. The
 * line ends as the file's first line does, and a last line without an end is ended first.
 */
export function ignoredStateAddition(gitignore: string): string {
  const lines = gitignore.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines.some((line) => SAME_MEANING.includes(line.trimEnd()))) return '';
  const end = /^[^\n]*\r\n/.test(gitignore) ? '\r\n' : '\n';
  const isEnded = gitignore === '' || gitignore.endsWith('\n');
  return `${isEnded ? '' : end}${IGNORED}${end}`;
}
