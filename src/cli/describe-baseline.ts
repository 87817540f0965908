import type { Command } from 'commander';
import type { DiffOptions } from './diff.ts';
import type { ReviewOptions } from './review.ts';
import type { Terminal } from './terminal.ts';

/** Adds the commands that look at what changed and decide on it. */
export function describeBaseline(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  program
    .command('accept')
    .description('make the last run the baseline that later runs are compared with')
    .argument('[suite...]', 'suites by name; all of suites/ when none is given')
    .option('--model <model>', 'whose run to accept', 'embedded')
    .addHelpText('after', '\nExample:\n  touchstone run sentiment && touchstone accept sentiment')
    .action(async (suites: string[], options: { model: string }) => {
      const { acceptCommand } = await import('./accept.ts');
      finish(acceptCommand(suites, options, terminal));
    });

  program
    .command('show')
    .description('a conversation, what is expected of it, and what the last runs gave')
    .argument('<id>', 'a conversation or a case: c0002, c0002/opening')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .addHelpText('after', '\nExample:\n  touchstone show c0002')
    .action(async (id: string, options: { goldens?: string }) => {
      const { showCommand } = await import('./show.ts');
      finish(showCommand(id, options, terminal));
    });

  program
    .command('diff')
    .description('flips between two runs, models or git refs')
    .argument(
      '[a]',
      'baseline, last, model:<id>, ref:<git ref>, or the path of a run record; baseline by default',
    )
    .argument('[b]', 'the same; last by default')
    .option('--model <model>', 'whose baseline, where neither side names a model', 'embedded')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .option('--json', 'one line of JSON a suite')
    .addHelpText('after', '\nExamples:\n  touchstone diff\n  touchstone diff ref:main last')
    .action(async (a: string | undefined, b: string | undefined, options: DiffOptions) => {
      const { diffCommand } = await import('./diff.ts');
      finish(diffCommand(a, b, options, terminal));
    });

  program
    .command('review')
    .description('go through the flips of the last run one by one: accept, doubt the label, skip')
    .argument('[suite...]', 'suites by name; all of suites/ when none is given')
    .option('--model <model>', 'whose last run and baseline', 'embedded')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .addHelpText('after', '\nExample:\n  touchstone run sentiment; touchstone review sentiment')
    .action(async (suites: string[], options: ReviewOptions) => {
      const { reviewCommand } = await import('./review.ts');
      finish(await reviewCommand(suites, options, terminal));
    });
}
