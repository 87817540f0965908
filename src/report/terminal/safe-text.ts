/** C0 and C1 controls but tab and newline, bidirectional controls, line separators, lone surrogates. */
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text from a conversation or a model, made harmless to a terminal: what could command it is shown as `\u{1b}`. */
export function safeText(text: string): string {
  return text.replaceAll(UNSAFE, (unsafe) => `\\u{${unsafe.charCodeAt(0).toString(16)}}`);
}

/** JSON that is the same to a program and harmless to a terminal, which `JSON.stringify` alone is not. */
export function safeJson(value: unknown, space?: number): string {
  const json = JSON.stringify(value, null, space);
  return json.replaceAll(UNSAFE, (unsafe) => `\\u${unsafe.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
