import type { Command } from 'commander';
import type { InitOptions } from './init.ts';
import type { Terminal } from './terminal.ts';

/** Adds the command that a repository starts with. */
export function describeInit(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  program
    .command('init')
    .description('write a first prompt, suite, ten goldens and the workflows into a repository')
    .option('--dir <dir>', "the repository's folder", '.')
    .option('--name <name>', 'what the suite is called', 'library')
    .option(
      '--action <owner/repo@commit>',
      'let the workflows use the composite action of this commit, not a package of the repository',
    )
    .addHelpText('after', '\nExample:\n  touchstone init && touchstone run')
    .action(async (options: InitOptions) => {
      const { initCommand } = await import('./init.ts');
      finish(initCommand(options, terminal));
    });
}
