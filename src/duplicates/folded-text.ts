/** A text without what does not count when texts are compared: case, and compatibility forms (NFKC). */
export function foldedText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
