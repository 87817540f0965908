import { matchesOf, type PersonalMatch } from './personal-match.ts';

/** An address as it is written in practice; quoted local parts and comments (RFC 5322) are not looked for. */
const ADDRESS =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,5}\p{L}{2,24}(?![\p{L}\p{N}-])/gu;
/** Written to escape programs: `name (at) host (dot) org`. */
const SPELLED =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}._-]{2,64}\s?[[({]\s?at\s?[\])}]\s?[\p{L}\p{N}-]{2,63}\s?(?:\.|[[({]\s?dot\s?[\])}])\s?\p{L}{2,24}/giu;
/** Said as one says it, of the services that most people have theirs with. */
const SPOKEN =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}._-]{2,64} at (?:gmail|googlemail|yahoo|hotmail|outlook|icloud|proton(?:mail)?|gmx|web|aol) dot \p{L}{2,3}(?!\p{L})/giu;
/** The accounts of programs, which stand in the addresses of repositories. */
const PROGRAMS = /^git@/;
/** Names that no one can hold. Source: RFC 2606. */
const RESERVED = /[@.]example\.(?:com|net|org)$|\.(?:example|test|invalid|localhost)$/i;

/** Mail addresses. */
export function findMail(text: string): PersonalMatch[] {
  const found = [
    ...(text.includes('@') ? matchesOf(text, 'mail address', ADDRESS) : []),
    ...(/[[({]\s?at\s?[\])}]/i.test(text) ? matchesOf(text, 'mail address', SPELLED) : []),
    ...(/ at \p{L}+ dot /iu.test(text) ? matchesOf(text, 'mail address', SPOKEN) : []),
  ];
  return found
    .filter(({ start, end }) => !PROGRAMS.test(text.slice(start, end)))
    .map((each) => ({ ...each, isReserved: RESERVED.test(text.slice(each.start, each.end)) }));
}
