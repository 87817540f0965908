import type { Command } from 'commander';
import { describeAblate } from './describe-ablate.ts';
import { describeCompare } from './describe-compare.ts';
import { describeLint } from './describe-lint.ts';
import { describeWatch } from './describe-watch.ts';
import type { Terminal } from './terminal.ts';

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
