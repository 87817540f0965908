import { safeText } from '../terminal/safe-text.ts';

/** Keeps apart what GitHub would join to a mention, a link or a reference; takes no room and shows nothing. */
const ZERO_WIDTH_SPACE = '\u200b';
/** Every character that Markdown, HTML, a table or a formula gives a meaning; `_` only where it may mark emphasis. */
const MEANINGFUL = /[&<>\\`*[\]~|!#@^{}]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;

/**
 * Text from goldens, models, paths or rules as one line of running Markdown that shows it and does nothing else:
 * no markup, HTML, table cell, mention, link, formula, emoji, or reference to an issue or a commit.
 *
 * @param most characters of the text that are kept; the rest becomes `…`
 */
export function inertText(text: string, most = 400): string {
  const apart = ZERO_WIDTH_SPACE;
  const unlinked = withoutLinks(oneLine(text, most))
    .replaceAll(/#(?=\d)/g, `#${apart}`)
    .replaceAll(/\bGH-(?=\d)/gi, (found) => `${found}${apart}`)
    .replaceAll(/:(?=[\w+-]+:)/g, `:${apart}`)
    .replaceAll(/[0-9a-f]{7,}/gi, (hash) => hash.replaceAll(/.{6}/g, `$&${apart}`));
  return entities(unlinked);
}

/**
 * The same for a name that may be copied: an id, a label, a path. GitHub refers to nothing inside of code. An element
 * and not backticks, which cannot hold the `|` of a table's cell.
 */
export function inertCode(text: string, most = 80): string {
  return `<code>${entities(withoutLinks(oneLine(text, most)))}</code>`;
}

/** Text of several lines as a block of code whose fence the text cannot close; at most `most` characters of it. */
export function inertBlock(text: string, most: number): string {
  const left = text.length - most;
  const shown = safeText(text.slice(0, most)) + (left > 0 ? `\n… (${left} more characters)` : '');
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${shown}\n${fence}`;
}

function oneLine(text: string, most: number): string {
  const clipped = text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return safeText(clipped.replaceAll(/[\r\n\t]+/g, ' '));
}

/** GitHub makes links of addresses even where their characters are written as entities. */
function withoutLinks(text: string): string {
  return text
    .replaceAll('@', `@${ZERO_WIDTH_SPACE}`)
    .replaceAll('://', `:${ZERO_WIDTH_SPACE}//`)
    .replaceAll(/www\./gi, (found) => `${found.slice(0, 3)}${ZERO_WIDTH_SPACE}.`);
}

/** A dollar sign would open a formula even as an entity; an element around it is GitHub's way to write one. */
function entities(text: string): string {
  return text
    .replaceAll(MEANINGFUL, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('$', '<span>$$</span>');
}
