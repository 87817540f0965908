import { matchesOf, type PersonalMatch } from './personal-match.ts';

/** Of the United States, in groups of three, two and four digits. Source: Social Security Administration, POMS RM 10201. */
const NUMBER = /(?<![\p{L}\p{N}.+-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\p{L}\p{N}]|-\d)/gu;
/** Those of advertisements and examples. */
const NOBODYS = /^(?:078-05-1120|219-09-9999|123-45-6789)$/;

/** Social security numbers. */
export function findSocialSecurityNumbers(text: string): PersonalMatch[] {
  return matchesOf(text, 'social security number (US)', NUMBER).map((match) => {
    return { ...match, isReserved: NOBODYS.test(text.slice(match.start, match.end)) };
  });
}
