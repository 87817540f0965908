import type { Command } from 'commander';
import type { GoldensAgreementOptions } from './goldens-agreement.ts';
import type { Terminal } from './terminal.ts';

/** Adds `agreement` to `touchstone goldens`. */
export function describeGoldensAgreement(
  goldens: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  goldens
    .command('agreement')
    .description('how far annotators agree, what they confuse, and the accuracy that can be measured at most')
    .argument('[suites...]', 'names of suites; all where none is given')
    .option('--by <name...>', 'only votes of these annotators')
    .option('--goldens <dir>', 'the folder of the goldens; goldens/ of the project by default')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      `
Votes are those of label lines and of open lines. Intervals are 95%, over families of
conversations. docs/goldens.md says what the ceiling means.

Examples:
  touchstone goldens agreement affective
  touchstone goldens agreement sentiment --by ana ben`,
    )
    .action(async (suites: string[], options: GoldensAgreementOptions) => {
      const { goldensAgreementCommand } = await import('./goldens-agreement.ts');
      finish(goldensAgreementCommand(suites, options, terminal));
    });
}
