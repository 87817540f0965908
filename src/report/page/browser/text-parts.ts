/** A stretch of text: shown as it is, or, being a control character, by its name. */
export interface TextPart {
  text: string;
  control: boolean;
}

/**
 * Splits text into what can be shown and what would steer the reader: control characters, bidirectional
 * overrides and marks, invisible spaces, tags, lone surrogates. These become `⟨U+202E⟩`. Line breaks, tabs
 * and the joiners of emoji and scripts stay as they are.
 *
 * Runs in the page too: it stands alone.
 *
 * @example textParts('a\u202Eb') // [{ text: 'a', … }, { text: '⟨U+202E⟩', control: true }, { text: 'b', … }]
 */
export function textParts(text: string): TextPart[] {
  const steering =
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;
  const parts: TextPart[] = [];
  const even = text.replaceAll('\r\n', '\n');
  let from = 0;
  for (const match of even.matchAll(steering)) {
    if (match.index > from) parts.push({ text: even.slice(from, match.index), control: false });
    const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    parts.push({ text: `⟨U+${code}⟩`, control: true });
    from = match.index + match[0].length;
  }
  if (from < even.length) parts.push({ text: even.slice(from), control: false });
  return parts;
}
