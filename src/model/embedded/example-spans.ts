/** Where an example of a prompt stands: UTF-16 offsets, ends exclusive. */
export interface ExampleSpan {
  /** Of the tags and all between them. */
  start: number;
  end: number;
  /** Of what stands between the tags. */
  bodyStart: number;
  bodyEnd: number;
}

/**
 * Everything between `<example>` tags, in order; an opening tag may have attributes. Takes time in proportion to the
 * text whatever stands in it, for a prompt may come from a stranger.
 */
export function exampleSpans(text: string): ExampleSpan[] {
  const opening = /<example\b/gi;
  const closing = /<\/example>/gi;
  const spans: ExampleSpan[] = [];
  for (let opened = opening.exec(text); opened !== null; opened = opening.exec(text)) {
    const bodyStart = text.indexOf('>', opening.lastIndex) + 1;
    if (bodyStart === 0) break;
    closing.lastIndex = bodyStart;
    const closed = closing.exec(text);
    if (closed === null) break;
    spans.push({ start: opened.index, end: closing.lastIndex, bodyStart, bodyEnd: closed.index });
    opening.lastIndex = closing.lastIndex;
  }
  return spans;
}
