import { type Command, Option } from 'commander';
import { repeats, wholeNumber } from './arguments.ts';
import { addAskingOptions } from './asking-options.ts';
import type { RunOptions } from './run.ts';
import type { Terminal } from './terminal.ts';

/** Adds `touchstone run` to a program. */
export function describeRun(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  const command = program
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
    .option('--repeats <n>', 'ask each case so many times', repeats, 1);
  addAskingOptions(command, { batch: 'through the Message Batches API: half the price, within a day' })
    .option('--sequential', 'in random order, and only until every rule is decided')
    .addOption(
      new Option('--seed <n>', 'of the order of --sequential; 1 where absent').argParser(wholeNumber(0)),
    )
    .option('--dry-run', 'say what would be asked and about what it costs; asks nothing and needs no key')
    .option('--no-report', 'do not write the page')
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
    .action(async (suites: string[], options: RunOptions) => {
      const { runCommand } = await import('./run.ts');
      finish(await runCommand(suites, options, terminal));
    });
}
