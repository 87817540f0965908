import type { Command } from 'commander';
import { share, wholeNumber } from './arguments.ts';
import type { CalibrateCommandOptions } from './calibrate.ts';
import type { PowerOptions } from './power.ts';
import type { Terminal } from './terminal.ts';

/** Adds the commands that say what the gate can see and how often it is right. */
export function describePlanning(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
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
    .action(async (suites: string[], options: PowerOptions) => {
      const { powerCommand } = await import('./power.ts');
      finish(powerCommand(suites, options, terminal));
    });

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
    .action(async (suites: string[], options: CalibrateCommandOptions) => {
      const { calibrateCommand } = await import('./calibrate.ts');
      finish(calibrateCommand(suites, options, terminal));
    });
}
