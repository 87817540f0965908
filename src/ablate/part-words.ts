import type { Name } from '../model/embedded/label-names.ts';

/** Words of a text that a part is named by. */
const WORDS = 6;
/** UTF-16 characters that a name's words are cut at, for scripts without spaces. */
const LONGEST = 44;

/** The first words of a text, or what stands in bold at its start: `Own wish to die`. */
export function firstWords(text: string): string {
  const bold = /^\s*(?:[-*+•]\s+|\d{1,3}[.)]\s+)?\*\*([^*\n]+)\*\*/.exec(text)?.[1];
  const words = plain(bold ?? text).split(' ');
  return cut(words.slice(0, WORDS).join(' '));
}

/** A heading up to its first colon: `Field primary`. */
export function headingWords(heading: string): string {
  const [lead = '', ...rest] = plain(heading).split(/:\s|\s[—–]\s/);
  return cut(rest.length > 0 && lead !== '' ? lead : plain(heading));
}

/** `coaching`, or `false or true` for a description of both. */
export function namesInWords(names: readonly Name[]): string {
  const own = names.map((name) => (name.kind === 'label' ? name.label : name.field));
  return cut([...new Set(own)].map(plain).join(' or '));
}

/** One line without Markdown's marks, quotes and whatever steers a terminal: a name is typed on a command line. */
function plain(text: string): string {
  return text
    .replaceAll(/[`*"“”<>\\$]/g, '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]+/gu, ' ')
    .trim();
}

function cut(words: string): string {
  const short =
    words.length <= LONGEST ? words : words.slice(0, LONGEST).replace(/\s\S*$|[\ud800-\udbff]$/, '');
  return short.replace(/[\s.,:;!?]+$/, '');
}
