import type { Command } from 'commander';
import { share, wholeNumber } from './arguments.ts';
import { addAskingOptions } from './asking-options.ts';
import type { NextOptions } from './goldens-next.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
What is chosen: conversations whose predicted labels the goldens have few of, on which models
or prompts disagree (name two or more), and of lengths and languages that are thin; one by
one, so that a batch does not repeat itself. Left out: what the goldens have already, or
nearly. A corpus with more than --limit conversations is sampled, and the same records in any
order give the same choice. Languages are not guessed.

Examples:
  touchstone goldens next --from chats.jsonl --n 50
  touchstone goldens next pushback --from 'corpus/*.parquet' --model embedded anthropic:claude-haiku-5-5 --max-usd 2`;

/** Adds `touchstone goldens next`. */
export function describeGoldensNext(
  goldens: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  const command = goldens
    .command('next')
    .description('which unlabelled conversations would teach most, as a file for goldens add')
    .argument('[suite...]', 'whose labels they are for; those of all suites where none is given')
    .requiredOption(
      '--from <corpus>',
      'a file, a folder or a glob: JSON Lines, Parquet, CSV, compressed or not',
    )
    .option('--n <n>', 'how many to choose', wholeNumber(1), 50)
    .option(
      '--model <model...>',
      'who predicts: embedded, anthropic:<model> or a provider of promptfoo (default: embedded)',
    )
    .option('--prompt <file...>', "by which prompts, for one suite; by the suite's own where absent")
    .option('--map <mapping>', 'where a format that is not known keeps things, as of study run')
    .option('--limit <n>', 'most conversations to draw and ask of', wholeNumber(1), 5000)
    .option('--seed <n>', 'of the draw', wholeNumber(0), 1)
    .option('--max-bad <share>', 'refuse a corpus of which a larger share cannot be goldens', share, 0.05)
    .option('--out <file>', 'where they are written', 'next.jsonl')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/');
  addAskingOptions(command)
    .option('--json', 'print what was chosen as JSON')
    .addHelpText('after', HELP)
    .action(async (suites: string[], options: NextOptions) => {
      const { goldensNextCommand } = await import('./goldens-next.ts');
      finish(await goldensNextCommand(suites, options, terminal));
    });
}
