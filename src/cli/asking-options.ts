import path from 'node:path';
import { type Command, Option } from 'commander';
import type { ModelOptions } from '../model/open-model.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { amount, wholeNumber } from './arguments.ts';
import type { Terminal } from './terminal.ts';

/** What every command takes that asks a model for money. */
export interface AskingOptions {
  concurrency: number;
  batch?: boolean;
  /** Dollars. */
  maxUsd?: number;
  /** Dollars. */
  confirmAbove: number;
  prices?: string;
  /** Seconds. */
  patience: number;
}

/** How a command's help calls what differs; `batch` is absent where nothing goes out in batches. */
export interface AskingWords {
  batch?: string;
  maxUsd?: string;
}

/** Adds the options of AskingOptions to a command. */
export function addAskingOptions(
  command: Command,
  { batch, maxUsd = 'never spend more' }: AskingWords = {},
): Command {
  command.addOption(
    new Option('--concurrency <n>', 'questions under way at once').argParser(wholeNumber(1)).default(16),
  );
  if (batch !== undefined) command.option('--batch', batch);
  return command
    .addOption(new Option('--max-usd <usd>', maxUsd).argParser(amount))
    .addOption(
      new Option('--confirm-above <usd>', 'ask on a terminal before more is spent')
        .argParser(amount)
        .default(1),
    )
    .option('--prices <file>', 'prices to use instead of .touchstone/prices.yaml or the shipped ones')
    .addOption(
      new Option('--patience <seconds>', 'how long to go on while the API answers nothing')
        .argParser(wholeNumber(1))
        .default(600),
    );
}

/** How a model is opened by these options; what it has to say is told on stderr. */
export function openingBy(
  { concurrency, batch, maxUsd, prices, patience }: Omit<AskingOptions, 'confirmAbove'>,
  { cwd, env, err }: Terminal,
): ModelOptions {
  return {
    env,
    concurrency,
    batch: batch === true,
    maxUsd: maxUsd ?? null,
    pricesFile: prices === undefined ? null : path.resolve(cwd, prices),
    patienceSeconds: patience,
    onNotice: (text) => err(`${safeText(text)}\n`),
  };
}
