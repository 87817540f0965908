import type { Command } from 'commander';
import { wholeNumber } from './arguments.ts';
import type { DoubtOptions } from './goldens-doubt.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Counts answers that are on record: run records in .touchstone/runs, baselines, and the
store for the suite's prompt and each --prompt (as run and compare leave them there). Nothing
is asked. What ranks a label: how many runs say otherwise, against how often they do so with
such labels anyway; votes that differ or were unsure; marks of goldens/doubtful.jsonl.

Examples:
  touchstone goldens doubt affective
  touchstone goldens doubt pushback --model anthropic:claude-opus-5-5 --prompt old.md --n 50`;

/** Adds `touchstone goldens doubt`. */
export function describeGoldensDoubt(
  goldens: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  goldens
    .command('doubt')
    .description('labels that are probably wrong, by runs on record and by votes, as a batch to label again')
    .argument('[suite]', 'whose labels; those of all suites where none is given')
    .option('--model <model...>', 'only answers of these models; of all on record where absent')
    .option('--prompt <file...>', "further prompts of the suite's whose answers in the store count")
    .option('--runs <file...>', 'further run records')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .option('--n <n>', 'at most so many cases', wholeNumber(1), 20)
    .option('--out <file>', 'the batch; .touchstone/label/doubt-<suite>.jsonl where absent')
    .option('--with-text', 'show the conversations')
    .option('--json', 'print the doubts as JSON')
    .addHelpText('after', HELP)
    .action(async (suite: string | undefined, options: DoubtOptions) => {
      const { goldensDoubtCommand } = await import('./goldens-doubt.ts');
      finish(goldensDoubtCommand(suite, options, terminal));
    });
}
