import { type Command, Option } from 'commander';
import { amount, wholeNumber } from './arguments.ts';
import type { Terminal } from './terminal.ts';
import type { WatchOptions } from './watch-until-quit.ts';

/** Adds `touchstone watch` to a program. */
export function describeWatch(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  program
    .command('watch')
    .description('run what changed on each save; flips as they come')
    .argument('[suite...]', 'suites by name; all of suites/ when none is given')
    .option('--model <model>', 'as touchstone run has it', 'embedded')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .addOption(
      new Option('--concurrency <n>', 'questions under way at once').argParser(wholeNumber(1)).default(16),
    )
    .addOption(new Option('--max-usd <usd>', 'never spend more in this session').argParser(amount))
    .addOption(
      new Option('--confirm-above <usd>', 'ask again before a run that may cost more')
        .argParser(amount)
        .default(1),
    )
    .option('--once', 'run once and end, with the exit code of touchstone run')
    .addHelpText(
      'after',
      `
Keys: r run all, f or Enter flips, a accept, Tab next suite, ? help, q quit.
Without a terminal it prints lines, until SIGINT or SIGTERM; a model that costs money then needs --max-usd.

Example:
  touchstone watch sentiment                      edit prompts/sentiment.md beside it`,
    )
    .action(async (suites: string[], options: WatchOptions) => {
      const { watchCommand } = await import('./watch.ts');
      finish(await watchCommand(suites, options, terminal));
    });
}
