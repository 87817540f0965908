import type { Command } from 'commander';
import { repeats, wholeNumber } from './arguments.ts';
import type { BatchAction, BatchOptions } from './batch.ts';
import type { IngestOptions } from './ingest.ts';
import type { RequestsOptions } from './requests.ts';
import type { Terminal } from './terminal.ts';

const DEFAULT_MODEL = 'anthropic:claude-haiku-5-5';

const BATCH_ACTIONS: Record<BatchAction, string> = {
  list: 'batches that were sent, and how they stand',
  resume: 'wait for batches under way and take their answers into the store',
  cancel: 'cancel the batches named',
};

/** Adds the commands for batches, through the API or by hand. */
export function describeBatches(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  const batch = program.command('batch').description('look after batches under way');
  for (const action of ['list', 'resume', 'cancel'] as const) {
    batch
      .command(action)
      .description(BATCH_ACTIONS[action])
      .argument('[id...]', "batches by the API's ids")
      .option('--prices <file>', 'prices to use instead of .touchstone/prices.yaml or the shipped ones')
      .addHelpText(
        'after',
        `\nExample:\n  touchstone batch ${action}${action === 'cancel' ? ' msgbatch_01abc' : ''}`,
      )
      .action(async (ids: string[], options: BatchOptions) => {
        const { batchCommand } = await import('./batch.ts');
        finish(await batchCommand(action, ids, options, terminal));
      });
  }

  program
    .command('requests')
    .description('write the missing requests in the format of the Message Batches API')
    .argument('[suite...]', 'suites by name; all of suites/ when none is given')
    .requiredOption('--out <file>', 'where to write them')
    .option('--model <model>', 'whose requests', DEFAULT_MODEL)
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .option('--prompt <file>', "a prompt to try instead of the suite's own; for one suite")
    .option('--filter <condition...>', 'only cases with tag:T, lang:L, window:W, family:F or id:C')
    .option('--limit <n>', 'at most so many cases, the first by id', wholeNumber(1))
    .option('--repeats <n>', 'ask each case so many times', repeats, 1)
    .addHelpText('after', '\nExample:\n  touchstone requests pushback --out requests.jsonl')
    .action(async (suites: string[], options: RequestsOptions) => {
      const { requestsCommand } = await import('./requests.ts');
      finish(requestsCommand(suites, options, terminal));
    });

  program
    .command('ingest')
    .description('take results in the format of the Message Batches API into the store')
    .argument('<file...>', 'files of results, one a line')
    .option('--model <model>', 'which model gave them', DEFAULT_MODEL)
    .option('--suite <suite...>', 'suites by name; all of suites/ when none is given')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .option('--prompt <file>', "a prompt that was tried instead of the suite's own; for one suite")
    .option('--prices <file>', 'prices to use instead of .touchstone/prices.yaml or the shipped ones')
    .addHelpText(
      'after',
      '\nExample:\n  touchstone ingest results.jsonl && touchstone run --model anthropic:claude-haiku-5-5',
    )
    .action(async (files: string[], options: IngestOptions) => {
      const { ingestCommand } = await import('./ingest.ts');
      finish(await ingestCommand(files, options, terminal));
    });
}
