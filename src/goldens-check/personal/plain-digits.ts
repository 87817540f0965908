/** The zeros of scripts that have digits of their own, one UTF-16 unit each; the other nine follow it. */
const ZEROS = [...'٠۰०০੦૦௦๐０'];
const DIGITS = new RegExp(
  `[${ZEROS.map((zero) => `${zero}-${String.fromCharCode(zero.charCodeAt(0) + 9)}`).join('')}]`,
  'g',
);

/**
 * A text with the digits of other scripts (Arabic, Persian, those of India, Thai, full width) as 0 to 9. Every
 * character stays in its place.
 *
 * @example
 * plainDigits('٠٥٠'); // '050'
 */
export function plainDigits(text: string): string {
  return text.replaceAll(DIGITS, (digit) => {
    const zero = ZEROS.findLast((each) => each <= digit) ?? digit;
    return String(digit.charCodeAt(0) - zero.charCodeAt(0));
  });
}
