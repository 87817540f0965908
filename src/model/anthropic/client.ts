import Anthropic from '@anthropic-ai/sdk';

/**
 * The SDK's client, with no surprises from the environment: the key is the one given, the address the one
 * given or ANTHROPIC_BASE_URL, and no headers, logging or tracing that a variable asks for. It does not
 * retry: the pace does.
 */
export function openClient(apiKey: string, baseURL: string | undefined): Anthropic {
  return withoutVariable(
    'ANTHROPIC_CUSTOM_HEADERS',
    () =>
      new Anthropic({
        apiKey,
        ...(baseURL === undefined ? {} : { baseURL }),
        maxRetries: 0,
        logLevel: 'off',
        openTelemetry: false,
        timeout: LONGEST_ANSWER_MS,
      }),
  );
}

/** Node's fetch gives up on a silent connection after five minutes. */
const LONGEST_ANSWER_MS = 290_000;

/** How long to wait for a whole answer: a minute, and 50 ms a token. */
export function answerTimeoutMs(maxTokens: number): number {
  return Math.min(LONGEST_ANSWER_MS, 60_000 + 50 * maxTokens);
}

/** The SDK reads the variable when a client is made, whatever its options say. */
function withoutVariable<T>(name: string, make: () => T): T {
  const kept = process.env[name];
  delete process.env[name];
  try {
    return make();
  } finally {
    if (kept !== undefined) process.env[name] = kept;
  }
}
