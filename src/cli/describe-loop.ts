import type { Command } from 'commander';
import { describeCompare } from './compare-describe.ts';
import { describeAblate } from './describe-ablate.ts';
import { describeLint } from './lint.ts';
import type { Terminal } from './terminal.ts';
import { describeWatch } from './watch.ts';

/** Adds the commands that serve somebody who is changing a prompt. */
export function describeLoop(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  const parts: ((program: Command, terminal: Terminal, finish: (exitCode: number) => void) => void)[] = [
    // One line a command, in the order of `--help`.
    describeWatch,
    describeAblate,
    describeLint,
    describeCompare,
  ];
  for (const describe of parts) describe(program, terminal, finish);
}
