import { type Command, Option } from 'commander';
import { amount, wholeNumber } from './arguments.ts';
import { CI_KINDS, type CiOptions } from './ci-settings.ts';
import type { Terminal } from './terminal.ts';

/** Adds `touchstone ci` to a program. */
export function describeCi(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  program
    .command('ci')
    .description('check a pull request, post the check of a fork, or write the site, as the environment says')
    .argument('[suite...]', 'suites by name; of these, or of all, those that the change touches are run')
    .addOption(new Option('--as <what>', 'what to do, where the environment does not say').choices(CI_KINDS))
    .option('--model <model>', 'embedded, anthropic:<model> or a provider of promptfoo (TOUCHSTONE_MODEL)')
    .option('--base <ref>', 'what the change is to be merged into (TOUCHSTONE_BASE)')
    .option(
      '--head <commit>',
      "check that commit's files, read from git as data, with this checkout's program",
    )
    .addOption(new Option('--max-usd <usd>', 'never spend more (TOUCHSTONE_BUDGET)').argParser(amount))
    .option('--shared <pattern...>', 'files that every suite depends on, such as lib/** (TOUCHSTONE_SHARED)')
    .option('--allow-goalposts', 'the changes of the goalposts are meant: judge by the new ones')
    .option('--out <dir>', 'where to write; .touchstone/ci by default')
    .option('--history <file>', 'the published history.json, for the site to go on from')
    .option('--with-text', 'conversations on the page too')
    .option('--no-post', 'write no comment and no check')
    .addOption(
      new Option('--concurrency <n>', 'questions under way at once').argParser(wholeNumber(1)).default(16),
    )
    .addOption(
      new Option('--patience <seconds>', 'how long to go on while the API answers nothing')
        .argParser(wholeNumber(1))
        .default(600),
    )
    .addHelpText(
      'after',
      `
Examples:
  touchstone ci --base origin/main                what a pull request would be told
  TOUCHSTONE_BASE=origin/main touchstone ci       the same, in any CI system
  touchstone ci --as site                         page, history and badges of the default branch`,
    )
    .action(async (suites: string[], options: CiOptions) => {
      const { ciCommand } = await import('./ci.ts');
      finish(await ciCommand(suites, options, terminal));
    });
}
