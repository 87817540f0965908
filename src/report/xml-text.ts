import { safeText } from './terminal/safe-text.ts';

/** What XML 1.0 forbids even as a reference, beyond what `safeText` shows already. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text that an XML document may hold, still to be escaped: what XML forbids becomes `\u{0}` or U+FFFD. */
export function xmlText(text: string): string {
  return safeText(text).replaceAll(FORBIDDEN, '\ufffd');
}

/** `xmlText` on one line, as for an attribute: a parser would turn its newlines and tabs into spaces anyway. */
export function xmlLine(text: string): string {
  return xmlText(text).replaceAll(/[\t\n]/g, ' ');
}
