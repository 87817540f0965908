import { type Command, Option } from 'commander';
import { REPORT_FORMATS } from '../report/formats.ts';
import { port } from './arguments.ts';
import type { ReportOptions } from './report.ts';
import type { Terminal } from './terminal.ts';
import type { ViewOptions } from './view.ts';

/** Adds the commands that show runs. */
export function describeReport(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  program
    .command('report')
    .description('make any report again from run records; the last run of each suite where none is given')
    .argument('[run...]', 'run records, as a run names them')
    .addOption(new Option('--format <format>', 'what to make').choices(REPORT_FORMATS).default('html'))
    .option(
      '--out <file>',
      'where to write it; the page goes to .touchstone/report/ otherwise, the rest is printed',
    )
    .option('--with-text', 'let Markdown quote conversations')
    .option('--open', 'show the page in the browser')
    .addHelpText(
      'after',
      `
Examples:
  touchstone report --open
  touchstone report --format markdown > comment.md
  touchstone report --format junit --out junit.xml`,
    )
    .action(async (runs: string[], options: ReportOptions) => {
      const { reportCommand } = await import('./report.ts');
      finish(await reportCommand(runs, options, terminal));
    });

  program
    .command('view')
    .description("runs in promptfoo's own viewer, on loopback alone")
    .argument('[run...]', 'run records; the last run of each suite where none is given')
    .option('--port <n>', 'where to listen', port, 15500)
    .option('--open', 'show it in the browser')
    .addHelpText('after', '\nExample:\n  touchstone view --port 15501')
    .action(async (runs: string[], options: ViewOptions) => {
      const { viewCommand } = await import('./view.ts');
      finish(await viewCommand(runs, options, terminal));
    });
}
