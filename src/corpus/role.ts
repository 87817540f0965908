/** Who speaks: one of the two that a conversation is between, or somebody whose messages are left out. */
export type Speaker = 'user' | 'assistant' | 'left out';

/** The words for speakers in the formats that are known, in small letters. */
export const KNOWN_ROLES: ReadonlyMap<string, Speaker> = new Map([
  ...as('user', ['user', 'human', 'prompter']),
  ...as('assistant', [
    'assistant',
    'gpt',
    'chatgpt',
    'claude',
    'bing',
    'bard',
    'model',
    'ai',
    'bot',
    'chatbot',
  ]),
  ...as('left out', ['system', 'developer', 'tool', 'function', 'function_call', 'observation', 'context']),
]);

function as(speaker: Speaker, words: readonly string[]): [string, Speaker][] {
  return words.map((word) => [word, speaker]);
}
