import { type Command, InvalidArgumentError, Option } from 'commander';
import { repeats, wholeNumber } from './arguments.ts';
import { addAskingOptions } from './asking-options.ts';
import type { CompareOptions } from './compare.ts';
import type { Terminal } from './terminal.ts';

/** Adds `touchstone compare` to a program. */
export function describeCompare(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  const command = program
    .command('compare')
    .description('prompts by models on the same goldens: metrics, cost, latency, and which to choose')
    .argument('[prompt...]', "prompt files; the suite's own where none is given")
    .option(
      '--model <model>',
      'embedded, anthropic:<model>, replay:<model>, or a provider of promptfoo; again for each (default: embedded)',
      (model: string, before: string[] | undefined) => [...(before ?? []), model],
    )
    .option('--suite <name>', "whose goldens; not needed where a prompt is one suite's own")
    .option('--metric <metric>', "field.metric to choose by; the suite's headline where absent")
    .option(
      '--margin <loss>',
      "loss that must not be; that of the suite's rule on the metric, else 0.03, where absent",
      above0,
    )
    .addOption(
      new Option(
        '--alpha <level>',
        'chance of a wrong finding among all pairs by a metric, and of a wrong choice',
      )
        .argParser(errorLevel)
        .default(0.05),
    )
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .option(
      '--filter <condition...>',
      'only cases with tag:T, lang:L, window:W, family:F or id:C; all must hold',
    )
    .option('--limit <n>', 'at most so many cases, the first by id', wholeNumber(1))
    .option('--repeats <n>', 'ask each case so many times', repeats, 1);
  addAskingOptions(command, {
    batch: "Anthropic's models through the Message Batches API: half the price, within a day",
    maxUsd: 'never spend more on the whole matrix',
  })
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['terminal', 'markdown'])
        .default('terminal'),
    )
    .option('--dry-run', 'say what would be asked and about what it costs; asks nothing and needs no key')
    .option('--json', 'the whole matrix as JSON and nothing else')
    .addHelpText('after', HELP)
    .action(async (prompts: string[], options: Omit<CompareOptions, 'model'> & { model?: string[] }) => {
      const { compareCommand } = await import('./compare.ts');
      finish(await compareCommand(prompts, { ...options, model: options.model ?? ['embedded'] }, terminal));
    });
}

const HELP = `
What is chosen: the cheapest cell that is shown, against every other one, to lose less than the margin, by
the metric and by each metric of the suite's no_worse_than_baseline rules with its own margin, and that
breaks no floor, budget or must_pass rule by itself (must_pass with known failures is only reported). Cost
first, then median latency, then the order given. Where no cell is shown so, it says how many more cases
would tell. The best is not picked first from the same cases, so no winner's curse enters.

Examples:
  touchstone compare prompts/affective.md /tmp/shorter.md
  touchstone compare --suite pushback --model anthropic:claude-haiku-5-5 --model anthropic:claude-opus-5-5 --dry-run
  touchstone compare prompts/a.md prompts/b.md --suite sentiment --model anthropic --batch --max-usd 5 --json

Exit codes: 0 the matrix was made, 2 and 3 as everywhere. It gates nothing and writes no run record.`;

function above0(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('Not a number above 0.');
  return value;
}

function errorLevel(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 0.5)) throw new InvalidArgumentError('Not a number above 0 and below 0.5.');
  return value;
}
