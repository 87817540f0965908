import { type Command, Option } from 'commander';
import { amount, wholeNumber } from './arguments.ts';
import { type RunOptions, runCommand } from './run.ts';
import type { Terminal } from './terminal.ts';

/** Adds `touchstone run` to a program. */
export function describeRun(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  program
    .command('run')
    .description('ask, score, compare with the accepted baseline, judge')
    .argument('[suite...]', 'suites by name; all of suites/ when none is given')
    .option('--model <model>', 'embedded, anthropic:<model>, replay, or a provider of promptfoo', 'embedded')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .option('--prompt <file>', "a prompt to try instead of the suite's own; for one suite")
    .option(
      '--filter <condition...>',
      'only cases with tag:T, lang:L, window:W, family:F or id:C; all must hold',
    )
    .option('--limit <n>', 'at most so many cases, the first by id', wholeNumber(1))
    .option('--repeats <n>', 'ask each case so many times', wholeNumber(1), 1)
    .addOption(
      new Option('--concurrency <n>', 'questions under way at once').argParser(wholeNumber(1)).default(16),
    )
    .option('--batch', 'through the Message Batches API: half the price, within a day')
    .option('--sequential', 'in random order, and only until every rule is decided')
    .addOption(
      new Option('--seed <n>', 'of the order of --sequential; 1 where absent').argParser(wholeNumber(0)),
    )
    .option('--no-report', 'do not write the page')
    .addOption(new Option('--max-usd <usd>', 'never spend more').argParser(amount))
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
    )
    .option('--base <ref>', 'judge by the goalposts at the merge base with a git ref, and list what moved')
    .option('--allow-goalposts', 'the changes of the goalposts are meant: judge by the new ones')
    .option('--json', 'print the run record and nothing else, one line a suite')
    .addHelpText(
      'after',
      `
Examples:
  touchstone run                                  every suite, offline
  touchstone run sentiment --filter lang:zh       one suite, Chinese conversations only
  touchstone run pushback --prompt /tmp/new.md    another wording, same goldens
  touchstone run --sequential                     stops as soon as the verdict is clear
  touchstone run --base origin/main               as a pull request is judged
  touchstone run affective --json > run.json`,
    )
    .action(async (suites: string[], options: RunOptions) =>
      finish(await runCommand(suites, options, terminal)),
    );
}
