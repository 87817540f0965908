import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';

type Promptfoo = typeof import('promptfoo');

/** What promptfoo 0.123 leaves on `process` for its own singletons. */
const TELEMETRY_INSTANCE = Symbol.for('promptfoo.telemetry.instance');

/**
 * Imports promptfoo so that nothing leaves the machine and nothing lands in the home folder.
 *
 * With telemetry disabled promptfoo 0.123 still opens one connection, to report that it is disabled;
 * its telemetry object's only sender is therefore replaced. A test records every socket and look-up.
 *
 * @param stateDirectory where its database, logs and cache go; made when missing
 */
export async function importPromptfoo(stateDirectory: string): Promise<Promptfoo> {
  mkdirSync(stateDirectory, { recursive: true, mode: 0o700 });
  chmodSync(stateDirectory, 0o700);
  Object.assign(process.env, promptfooEnvironment(stateDirectory));
  silenceDecompressWarning();
  const promptfoo = await import('promptfoo');
  const telemetry = Reflect.get(process, TELEMETRY_INSTANCE) as { sendEvent: () => void } | undefined;
  if (telemetry === undefined)
    throw new Error('promptfoo keeps its telemetry elsewhere than this version is known to');
  telemetry.sendEvent = () => {};
  return promptfoo;
}

/** Variables that keep promptfoo quiet, offline and within a folder. */
export function promptfooEnvironment(stateDirectory: string): Record<string, string> {
  return {
    PROMPTFOO_CONFIG_DIR: stateDirectory,
    PROMPTFOO_CACHE_PATH: path.join(stateDirectory, 'cache'),
    PROMPTFOO_LOG_DIR: path.join(stateDirectory, 'logs'),
    PROMPTFOO_CACHE_ENABLED: 'false',
    PROMPTFOO_DISABLE_TELEMETRY: '1',
    PROMPTFOO_DISABLE_UPDATE: '1',
    PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
    PROMPTFOO_DISABLE_SHARING: '1',
    PROMPTFOO_DISABLE_TEMPLATE_ENV_VARS: '1',
    PROMPTFOO_DISABLE_DEBUG_LOG: '1',
    PROMPTFOO_DISABLE_ERROR_LOG: '1',
    LOG_LEVEL: 'error',
  };
}

let isSilenced = false;

/** promptfoo's HTTP client warns at its first request that a part of it is experimental: nothing a user could mend. */
function silenceDecompressWarning(): void {
  if (isSilenced) return;
  isSilenced = true;
  const { emitWarning } = process;
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    const text = typeof warning === 'string' ? warning : warning.message;
    if (!text.startsWith('DecompressInterceptor is experimental'))
      Reflect.apply(emitWarning, process, [warning, ...rest]);
  }) as typeof process.emitWarning;
}
