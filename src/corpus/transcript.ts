/** A turn begins at the start of the text or after an empty line. */
const TURN = /(?:^|\n\r?\n)(Human|Assistant):/g;
const HUMAN_TURN = /(?:^|\n\r?\n)Human:/;

/** Whether a text is a transcript of `Human:` and `Assistant:` turns, as those of Anthropic's hh-rlhf are. */
export function isTranscript(text: string): boolean {
  return HUMAN_TURN.test(text);
}

/**
 * The turns of a transcript as a list of messages, each without the white space around it. What stands before the
 * first turn is left out, like a system message.
 */
export function transcriptMessages(text: string): { role: string; content: string }[] {
  const turns = [...text.matchAll(TURN)];
  return turns.map((turn, index) => {
    const content = text.slice(turn.index + turn[0].length, turns[index + 1]?.index ?? text.length);
    return { role: turn[1] ?? '', content: content.trim() };
  });
}

/**
 * The turns of a transcript as they were written: between the colon and the text stands one space, between two turns
 * an empty line, and everything else belongs to the text.
 *
 * @returns `before` is what stands before the first turn
 */
export function exactTurns(text: string): { before: string; turns: { role: string; content: string }[] } {
  const found = [...text.matchAll(TURN)];
  const turns = found.map((turn, index) => {
    const content = text.slice(turn.index + turn[0].length, found[index + 1]?.index ?? text.length);
    return { role: turn[1] ?? '', content: content.replace(/^ /, '') };
  });
  return { before: text.slice(0, found[0]?.index ?? text.length), turns };
}
