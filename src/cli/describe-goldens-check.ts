import type { Command } from 'commander';
import { DEFAULT_THRESHOLD } from '../duplicates/near-duplicates.ts';
import { share } from './arguments.ts';
import type { GoldensCheckOptions } from './goldens-check.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Errors are: whatever keeps the goldens from being read, the same text under two
ids of different families or with different labels, a golden in a prompt, less
than goldens/minimums.yaml asks for, a payment card, a bank account, a social
security number, a secret.
Warnings are near-duplicates and contacts; notes are names and thin cells.

goldens/minimums.yaml, each line as you like:
  label: 10                    # cases of each class of each field
  fields: { primary: { roleplay: 30 } }
  lang: { en: 50 }             # conversations; a number is for each
  length: 10                   # by messages of the user: 1-2, 3-5, 6-50, over 50
  tag: { critical: 20 }

Exit codes: 0 without an error, 1 with one (--strict: or a warning), 2 where
folder, suites or arguments are wrong.

Example:
  touchstone goldens check --strict`;

/** Adds `touchstone goldens check`. */
export function describeGoldensCheck(
  parent: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  parent
    .command('check')
    .description('what is wrong with the goldens: duplicates, leaks, gaps, personal data, secrets')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .option('--threshold <share>', 'least similarity of near-duplicates', share, DEFAULT_THRESHOLD)
    .option('--with-text', 'quote the conversations; secrets are never shown')
    .option('--all', 'list every finding')
    .option('--strict', 'warnings fail too')
    .option('--json', 'print all findings for a machine')
    .addHelpText('after', HELP)
    .action(async (options: GoldensCheckOptions) => {
      const { goldensCheckCommand } = await import('./goldens-check.ts');
      finish(await goldensCheckCommand(options, terminal));
    });
}
