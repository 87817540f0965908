import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { EXIT, IncompleteRunError, InputError } from '../errors/errors.ts';
import { acceptCommand } from './accept.ts';
import { type CalibrateCommandOptions, calibrateCommand } from './calibrate.ts';
import { type PowerOptions, powerCommand } from './power.ts';
import { type RunOptions, runCommand } from './run.ts';
import { showCommand } from './show.ts';
import { processTerminal, type Terminal } from './terminal.ts';

const EXIT_CODES = `
Exit codes:
  0  the gate holds
  1  it does not: a rule regressed, or is undecided and the suite blocks on that
  2  the input is wrong: suite, prompt, goldens or arguments; nothing was asked
  3  the run could not be completed; what was answered is kept, the same command resumes`;

/** Runs the command line and gives its exit code. Never throws for what a user can cause. */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  let exitCode: number = EXIT.held;
  const program = describeProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.held : EXIT.wrongInput;
    if (error instanceof InputError) {
      const count = error.problems.length;
      terminal.err(
        `${error.message}\n${count === 1 ? '1 problem' : `${count} problems`}; nothing was run.\n`,
      );
      return error.exitCode;
    }
    if (error instanceof IncompleteRunError) {
      terminal.err(`${error.message}\n${error.mend}\n`);
      return error.exitCode;
    }
    throw error;
  }
}

function describeProgram(terminal: Terminal, finish: (exitCode: number) => void): Command {
  const program = new Command('touchstone')
    .description('A regression gate for prompts that classify conversations.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .configureHelp({ helpWidth: Math.min(terminal.columns, 100) })
    .showHelpAfterError('(--help shows what there is)')
    .addHelpText('after', EXIT_CODES);

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
  touchstone run --base origin/main               as a pull request is judged
  touchstone run affective --json > run.json`,
    )
    .action(async (suites: string[], options: RunOptions) =>
      finish(await runCommand(suites, options, terminal)),
    );

  program
    .command('accept')
    .description('make the last run the baseline that later runs are compared with')
    .argument('[suite...]', 'suites by name; all of suites/ when none is given')
    .option('--model <model>', 'whose run to accept', 'embedded')
    .addHelpText('after', '\nExample:\n  touchstone run sentiment && touchstone accept sentiment')
    .action((suites: string[], options: { model: string }) =>
      finish(acceptCommand(suites, options, terminal)),
    );

  program
    .command('show')
    .description('a conversation, what is expected of it, and what the last runs gave')
    .argument('<id>', 'a conversation or a case: c0002, c0002/opening')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .addHelpText('after', '\nExample:\n  touchstone show c0002')
    .action((id: string, options: { goldens?: string }) => finish(showCommand(id, options, terminal)));

  program
    .command('power')
    .description(
      'the smallest loss each rule can see, and the cases needed for 2, 3 and 5 points; asks nothing',
    )
    .argument('[suite...]', 'suites by name; all of suites/ when none is given')
    .option('--model <model>', 'whose baseline to plan with', 'embedded')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .option('--discordance <share>', 'share of answers taken to change sides, e.g. 0.1', share)
    .addHelpText('after', '\nExample:\n  touchstone power sentiment --discordance 0.15')
    .action((suites: string[], options: PowerOptions) => finish(powerCommand(suites, options, terminal)));

  program
    .command('calibrate')
    .description('how often the gate closes on simulated changes of which the truth is known; asks nothing')
    .argument('[suite...]', 'suites by name; all of suites/ when none is given')
    .option('--model <model>', 'whose last run to start from', 'embedded')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .option('--noise <share>', 'share of answers that come out otherwise by chance, e.g. 0.05', share)
    .option(
      '--simulations <n>',
      'changes without a loss; a quarter as many for each loss',
      wholeNumber(4),
      2_000,
    )
    .option('--seed <n>', 'of all that is drawn', wholeNumber(0), 1)
    .option('--json', 'print the rates for a machine, one line a suite')
    .option('--markdown', 'print tables for a page')
    .option('--chart <file>', 'write an SVG: how often a change fails, by its true loss')
    .addHelpText('after', '\nExample:\n  touchstone calibrate sentiment --noise 0.1 --chart sentiment.svg')
    .action((suites: string[], options: CalibrateCommandOptions) =>
      finish(calibrateCommand(suites, options, terminal)),
    );

  return program;
}

function amount(text: string): number {
  const value = Number(text);
  if (!(value >= 0) || text.trim() === '') throw new InvalidArgumentError('Not an amount in dollars.');
  return value;
}

function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) throw new InvalidArgumentError('Not a share between 0 and 1.');
  return value;
}

/** The version of the package, whether it runs from `src/` or from `dist/`. */
function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return String(JSON.parse(readFileSync(file, 'utf8')).version);
}

function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < minimum)
      throw new InvalidArgumentError(`Not a whole number from ${minimum}.`);
    return value;
  };
}
