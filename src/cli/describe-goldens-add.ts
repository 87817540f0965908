import type { Command } from 'commander';
import { wholeNumber } from './arguments.ts';
import type { GoldensAddOptions } from './goldens-add.ts';
import type { Terminal } from './terminal.ts';

/** Adds `add` to `touchstone goldens`. */
export function describeGoldensAdd(
  goldens: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  goldens
    .command('add')
    .description('take conversations over as goldens that wait for their labels')
    .argument(
      '<files...>',
      'JSON Lines (plain, .gz, .zst), JSON, CSV or Parquet; a folder, or a glob in quotes',
    )
    .option('--goldens <dir>', 'the folder of the goldens; goldens/ of the project by default')
    .option('--lang <tag>', 'language of records that do not say theirs; und by default')
    .option(
      '--tag <tag>',
      'for all of them, besides their own; may be repeated',
      (tag, before: string[] = []) => [...before, tag],
    )
    .option('--family <name>', 'family of records that do not say theirs; each its own by default')
    .option(
      '--map <mapping>',
      'where records keep things, or the columns of a table: messages=turns,role=speaker,content=text,user=U,assistant=B,id=no',
    )
    .option('--limit <n>', 'only the first records', wholeNumber(1))
    .option('--merge-turns', 'join messages of one role in a row, with a blank line between')
    .option('--allow-near', 'take what says nearly the same as a golden')
    .option('--skip-bad', 'leave out what cannot be taken, instead of taking nothing')
    .option('--dry-run', 'say what would be added, and write nothing')
    .option('--json', 'print what was added as JSON')
    .addHelpText(
      'after',
      `
Text is taken as it stands. Ids are new and go on with those of the goldens. Records keep their
lang (or language), family and tags where these fit; nothing is guessed. A table has a column of
transcripts or of JSON lists, or a row a message with columns of id, role and content.

Examples:
  touchstone goldens add new.jsonl --lang en --dry-run
  touchstone goldens add chats.csv --map id=chat,role=speaker,content=said,user=customer,assistant=agent`,
    )
    .action(async (files: string[], options: GoldensAddOptions) => {
      const { goldensAddCommand } = await import('./goldens-add.ts');
      finish(await goldensAddCommand(files, options, terminal));
    });
}
