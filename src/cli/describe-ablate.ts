import { type Command, Option } from 'commander';
import type { AblateOptions } from './ablate.ts';
import { share, wholeNumber } from './arguments.ts';
import { addAskingOptions } from './asking-options.ts';
import type { Terminal } from './terminal.ts';

/** Adds `touchstone ablate` to a program. */
export function describeAblate(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  const command = program
    .command('ablate')
    .description('take each part of a prompt out in turn, and say which parts earn their tokens')
    .argument('[suite...]', 'suites by name; all of suites/ when none is given')
    .option('--model <model>', 'embedded, anthropic:<model>, or a provider of promptfoo', 'embedded')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .option('--prompt <file>', "a prompt to try instead of the suite's own; for one suite")
    .option('--parts <kinds>', 'labels,rules,examples,sections,paragraphs: only parts of these kinds')
    .option('--part <name>', 'only this part, named as --list does; may be repeated', collect)
    .option('--list', 'name the parts, and ask nothing')
    .option('--dry-run', 'say what would be asked and about what it costs; asks nothing and needs no key')
    .option(
      '--filter <condition...>',
      'only cases with tag:T, lang:L, window:W, family:F or id:C; all must hold',
    )
    .option('--limit <n>', 'at most so many cases, the first by id', wholeNumber(1))
    .addOption(new Option('--alpha <p>', 'level of the rulings').argParser(share).default(0.05));
  addAskingOptions(command, { batch: 'through the Message Batches API: half the price, within a day' })
    .option('--json', 'print all of it for a machine, one line a suite')
    .addHelpText(
      'after',
      `
Examples:
  touchstone ablate sentiment                              every part, offline
  touchstone ablate sentiment --list                       what the parts are called
  touchstone ablate pushback --parts examples,rules --model anthropic:claude-haiku-5-5 --batch --dry-run
  touchstone ablate pushback --part "rule 1 Caveat or resistance"`,
    )
    .action(async (suites: string[], options: AblateOptions) => {
      const { ablateCommand } = await import('./ablate.ts');
      finish(await ablateCommand(suites, options, terminal));
    });
}

function collect(name: string, before: string[] | undefined): string[] {
  return [...(before ?? []), name];
}
