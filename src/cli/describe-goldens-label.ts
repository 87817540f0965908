import type { Command } from 'commander';
import { port, wholeNumber } from './arguments.ts';
import type { LabelOptions } from './goldens-label.ts';
import type { Terminal } from './terminal.ts';

/** Adds `touchstone goldens label`. */
export function describeGoldensLabel(
  goldens: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  goldens
    .command('label')
    .description(
      'label conversations by keyboard, on a page of this machine alone, blind to what others said',
    )
    .argument('[suite]', 'whose labels; those of all suites where none is given')
    .requiredOption('--as <name>', 'who labels: letters, digits and spaces, 40 at most')
    .option('--batch <file>', 'go through these cases, labelled or not, in their order')
    .option('--votes <n>', 'votes that must agree before a label is settled', wholeNumber(1), 2)
    .option('--adjudicate', 'decide where votes differ, and see them')
    .option('--port <n>', 'where to listen; any free port where it is 0', port, 0)
    .option('--open', 'show the page in the browser')
    .option('--goldens <dir>', 'in place of goldens/')
    .addHelpText(
      'after',
      `
Each vote is saved at once, in goldens/open/; Ctrl-C ends, and the same command goes on from
there. A label on which enough votes agree moves to goldens/labels/.

Examples:
  touchstone goldens label --as ana --open
  touchstone goldens label sentiment --as ben --batch .touchstone/label/doubt-sentiment.jsonl
  touchstone goldens label --as cleo --adjudicate`,
    )
    .action(async (suite: string | undefined, options: LabelOptions) => {
      const { labelCommand } = await import('./goldens-label.ts');
      finish(await labelCommand(suite, options, terminal));
    });
}
