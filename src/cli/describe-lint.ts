import { type Command, Option } from 'commander';
import { LINT_RULES } from '../lint/finding.ts';
import type { LintCommandOptions } from './lint.ts';
import type { Terminal } from './terminal.ts';

const CHECKS = Object.entries(LINT_RULES)
  .map(([name, about]) => `  ${name.padEnd(22)} ${about}`)
  .join('\n');

/** Adds `touchstone lint`. */
export function describeLint(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  program
    .command('lint')
    .description('what is wrong with prompts and suites as they are written; asks nothing of any model')
    .argument('[suite...]', 'suites by name; all of suites/ when none is given')
    .option('--model <model>', 'whose baseline, cache and price to reckon with', 'embedded')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .option('--prompt <file>', "another prompt than the suite's; for one suite")
    .option('--rule <name...>', 'these checks alone')
    .option('--ignore <name...>', 'all checks but these')
    .option('--strict', 'exit with 1 for warnings too')
    .option('--with-text', 'show the texts of an example and of the golden that it repeats')
    .option('--json', 'print the findings for a machine')
    .addOption(
      new Option('--format <format>', 'github: workflow commands, which show beside the lines')
        .choices(['text', 'github'])
        .default('text')
        .conflicts('json'),
    )
    .addHelpText(
      'after',
      `\nChecks:\n${CHECKS}\n\nExample:\n  touchstone lint sentiment --model anthropic:claude-haiku-4-5 --ignore tokens-per-call\n\nExit code 1 for an error (--strict: or a warning), 2 for files that cannot be read. Notes never fail.`,
    )
    .action(async (suites: string[], options: LintCommandOptions) => {
      const { lintCommand } = await import('./lint.ts');
      finish(lintCommand(suites, options, terminal));
    });
}
