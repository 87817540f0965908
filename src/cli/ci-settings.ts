import { InputError } from '../errors/errors.ts';
import type { CiEvent } from '../github/actions-event.ts';
import { type ModelChoice, modelIdOf, readModelChoice } from '../model/model-choice.ts';
import { amount } from './arguments.ts';

export const CI_KINDS = ['check', 'publish', 'site'] as const;
export type CiKind = (typeof CI_KINDS)[number];

export interface CiOptions {
  as?: CiKind;
  model?: string;
  base?: string;
  head?: string;
  maxUsd?: number;
  shared?: string[];
  out?: string;
  /** False where nothing may be written to the forge. */
  post: boolean;
  allowGoalposts?: boolean;
  history?: string;
  withText?: boolean;
  concurrency: number;
  patience: number;
}

/** What `touchstone ci` is to do: options first, then TOUCHSTONE_… variables, then what the CI system says. */
export interface CiSettings {
  suites: readonly string[];
  choice: Exclude<ModelChoice, { kind: 'replay' }>;
  model: string;
  /** Git ref that the change is to be merged into; null where nothing says. */
  base: string | null;
  /** Patterns of files that count for every suite. */
  shared: readonly string[];
  /** US dollars; null for no limit. */
  maxUsd: number | null;
}

type Env = Readonly<Record<string, string | undefined>>;

/** What to do where no option says: what the event asks for. */
export function kindOf(event: CiEvent): CiKind {
  if (event.kind === 'workflow-run') return 'publish';
  return event.kind === 'push' && event.isDefaultBranch ? 'site' : 'check';
}

/** @throws InputError for a variable that cannot be read */
export function readCiSettings(names: readonly string[], options: CiOptions, env: Env): CiSettings {
  const choice = readModelChoice(options.model ?? given(env, 'TOUCHSTONE_MODEL') ?? 'embedded');
  if (choice.kind === 'replay') {
    const mend = 'Name the model: what is recorded of it is replayed in any case';
    throw new InputError([
      { file: '--model', line: null, id: null, what: 'replay is no model of its own', mend },
    ]);
  }
  return {
    suites: names.length > 0 ? names : (given(env, 'TOUCHSTONE_SUITES')?.split(/\s+/) ?? []),
    choice,
    model: modelIdOf(choice),
    base: options.base ?? given(env, 'TOUCHSTONE_BASE') ?? targetBranch(env),
    shared: options.shared ?? given(env, 'TOUCHSTONE_SHARED')?.split(/\s+/) ?? [],
    maxUsd: options.maxUsd ?? readBudget(given(env, 'TOUCHSTONE_BUDGET')),
  };
}

/** The branch that GitHub or GitLab says a change goes into, as it is called in a clone. */
function targetBranch(env: Env): string | null {
  const branch = given(env, 'GITHUB_BASE_REF') ?? given(env, 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME');
  return branch === null ? null : `origin/${branch}`;
}

function readBudget(text: string | null): number | null {
  if (text === null) return null;
  try {
    return amount(text);
  } catch {
    const what = 'is not an amount in dollars';
    throw new InputError([
      { file: 'TOUCHSTONE_BUDGET', line: null, id: null, what, mend: 'Write a number, such as 2.50' },
    ]);
  }
}

function given(env: Env, name: string): string | null {
  const text = env[name]?.trim() ?? '';
  return text === '' ? null : text;
}
