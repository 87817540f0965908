import { closest, distance } from 'fastest-levenshtein';

/** Built for classification in volume, and the cheapest. */
export const DEFAULT_MODEL = 'claude-haiku-5-5';

/** Names the API is known to have. They help with spelling only: any other name is passed on as it is. */
export const KNOWN_MODELS = [
  DEFAULT_MODEL,
  'claude-sonnet-5-5',
  'claude-opus-5-5',
  'claude-fable-5-2',
  'claude-fable-5-1',
  'claude-fable-5',
  'claude-sonnet-5',
  'claude-opus-5',
  'claude-opus-4-8',
  'claude-opus-4-7',
  'claude-opus-4-6',
  'claude-opus-4-5',
  'claude-sonnet-4-6',
  'claude-sonnet-4-5',
  'claude-haiku-4-5',
] as const;

/**
 * The known name that this one is probably meant to be, within three edits; null where it is known itself
 * or near none. `claude-haiku-5.5` gives `claude-haiku-5-5`, `claude-haiku` nothing.
 */
export function suggestModel(name: string): string | null {
  const undated = name.toLowerCase().replace(/-\d{8}$/, '');
  const near = closest(undated, KNOWN_MODELS);
  return near !== name && undated !== near && distance(undated, near) <= 3 ? near : null;
}
