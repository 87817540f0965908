import type { Command } from 'commander';
import { describeGoldensAdd } from './describe-goldens-add.ts';
import { describeGoldensAgreement } from './describe-goldens-agreement.ts';
import { describeGoldensCheck } from './describe-goldens-check.ts';
import { describeGoldensDoubt } from './describe-goldens-doubt.ts';
import { describeGoldensLabel } from './describe-goldens-label.ts';
import { describeGoldensNext } from './describe-goldens-next.ts';
import type { Terminal } from './terminal.ts';

/** Adds `touchstone goldens` and the commands under it, which keep the labelled conversations in order. */
export function describeGoldens(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  const goldens = program.command('goldens').description('look after the labelled conversations');
  const parts: ((goldens: Command, terminal: Terminal, finish: (exitCode: number) => void) => void)[] = [
    // One line a command, in the order of `--help`.
    describeGoldensCheck,
    describeGoldensAgreement,
    describeGoldensAdd,
    describeGoldensLabel,
    describeGoldensDoubt,
    describeGoldensNext,
  ];
  for (const describe of parts) describe(goldens, terminal, finish);
}
