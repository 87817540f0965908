/** What is published of how a model counts and caches. */
interface ModelTokens {
  /** Tokens below which its prompt cache keeps nothing; null where that is not published. */
  cacheFloor: number | null;
  /** Tokens that it counts for one of the older tokenizers': that of Claude 4.7 and later counts 30% more. */
  perOlderToken: number;
}

const NEWER = 1.3;

/** By name; source: Anthropic's documentation of prompt caching and of the models, November 2026. */
const KNOWN: Readonly<Record<string, ModelTokens>> = {
  'claude-haiku-5-5': { cacheFloor: null, perOlderToken: NEWER },
  'claude-sonnet-5-5': { cacheFloor: null, perOlderToken: NEWER },
  'claude-opus-5-5': { cacheFloor: null, perOlderToken: NEWER },
  'claude-fable-5': { cacheFloor: 512, perOlderToken: NEWER },
  'claude-sonnet-5': { cacheFloor: 1024, perOlderToken: NEWER },
  'claude-opus-5': { cacheFloor: 512, perOlderToken: NEWER },
  'claude-opus-4-8': { cacheFloor: 1024, perOlderToken: NEWER },
  'claude-opus-4-7': { cacheFloor: 2048, perOlderToken: NEWER },
  'claude-opus-4-6': { cacheFloor: 4096, perOlderToken: 1 },
  'claude-opus-4-5': { cacheFloor: 4096, perOlderToken: 1 },
  'claude-sonnet-4-6': { cacheFloor: null, perOlderToken: 1 },
  'claude-sonnet-4-5': { cacheFloor: null, perOlderToken: 1 },
  'claude-haiku-4-5': { cacheFloor: 4096, perOlderToken: 1 },
};

/** Names of the models of which something is known. */
export const MODELS_WITH_FACTS: readonly string[] = Object.keys(KNOWN);

/** Facts about a model, by its name with or without a date; a model that is not known counts like the newer ones. */
export function tokensOfModel(name: string): ModelTokens {
  const undated = name.replace(/-\d{8}$/, '');
  return (
    (Object.hasOwn(KNOWN, undated) ? KNOWN[undated] : undefined) ?? { cacheFloor: null, perOlderToken: NEWER }
  );
}

/** Bytes of UTF-8 that the older tokenizers take for a token, about: 3.5 letters of English, one Chinese character. */
const BYTES = 3.5;

/** About how many tokens a model counts for a text; a tenth or two off, as it goes. */
export function aboutTokens(text: string, { perOlderToken }: Pick<ModelTokens, 'perOlderToken'>): number {
  return Math.ceil((new TextEncoder().encode(text).length / BYTES) * perOlderToken);
}

/** An estimate as it is shown, to two digits: `4,100`. */
export function showAbout(tokens: number): string {
  const digits = Math.max(0, Math.floor(Math.log10(Math.max(1, tokens))) - 1);
  const step = 10 ** digits;
  return (Math.round(tokens / step) * step).toLocaleString('en');
}
