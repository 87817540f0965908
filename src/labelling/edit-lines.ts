/** A value of JSON that is written as a line or a part of one. */
export type JsonLineValue = Readonly<Record<string, unknown>>;

/**
 * Text with one line replaced, every other byte as it was: the line keeps its end, and is spaced as it was before.
 *
 * @param number 1-based
 * @param value null to take the line out, its end with it
 */
export function replaceLine(text: string, number: number, value: JsonLineValue | null): string {
  const { start, end, next } = placeOf(text, number);
  if (value === null) return text.slice(0, start) + text.slice(next);
  const old = text.slice(start, end);
  const mark = old.startsWith('\ufeff') ? '\ufeff' : '';
  return text.slice(0, start) + mark + jsonText(value, isSpaced(old)) + text.slice(end);
}

/** Text with one more line at its end, spaced as the last one before it; a last line without an end is ended. */
export function appendLine(text: string, value: JsonLineValue): string {
  const end = /\r\n/.test(text) ? '\r\n' : '\n';
  const lines = text.trimEnd().split('\n');
  const start = text === '' || text === '\ufeff' || text.endsWith('\n') ? text : `${text}${end}`;
  return `${start}${jsonText(value, isSpaced(lines.at(-1) ?? ''))}${end}`;
}

/** The JSON on a line. The line was read before, so that it is an object. */
export function valueOn(text: string, number: number): Record<string, unknown> {
  const { start, end } = placeOf(text, number);
  const value: unknown = JSON.parse(text.slice(start, end).replace(/^\ufeff/, ''));
  if (typeof value !== 'object' || value === null) throw new Error(`no object on line ${number}`);
  return { ...value };
}

/** Where a line starts, where its text ends, and where the next one starts. */
function placeOf(text: string, number: number): { start: number; end: number; next: number } {
  let start = 0;
  for (let line = 1; line < number; line += 1) {
    const feed = text.indexOf('\n', start);
    if (feed === -1) throw new Error(`no line ${number}`);
    start = feed + 1;
  }
  const feed = text.indexOf('\n', start);
  const next = feed === -1 ? text.length : feed + 1;
  const last = feed === -1 ? text.length : feed;
  return { start, end: text[last - 1] === '\r' && last > start ? last - 1 : last, next };
}

/** Whether a line has a space after its first colon, as most programs but JavaScript write it. */
function isSpaced(line: string): boolean {
  return /^\ufeff?\s*\{\s*"[^"]*"\s*:\s/.test(line);
}

function jsonText(value: unknown, spaced: boolean): string {
  if (!spaced || typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => jsonText(each, true)).join(', ')}]`;
  const parts = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${jsonText(each, true)}`);
  return `{${parts.join(', ')}}`;
}
