import path from 'node:path';
import type { Command } from 'commander';
import { readVotes } from '../agreement/load-votes.ts';
import { suiteAgreement } from '../agreement/suite-agreement.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { readConversations } from '../goldens/load.ts';
import { findProject } from '../project/project.ts';
import { renderAgreement } from '../report/terminal/agreement.ts';
import { loadSuites } from '../suite/load.ts';
import type { Terminal } from './terminal.ts';

interface GoldensAgreementOptions {
  goldens?: string;
  json?: boolean;
}

/** Adds `agreement` to `touchstone goldens`. */
export function describeGoldensAgreement(
  goldens: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  goldens
    .command('agreement')
    .description('how far annotators agree, what they confuse, and the accuracy that can be measured at most')
    .argument('[suites...]', 'names of suites; all where none is given')
    .option('--goldens <dir>', 'the folder of the goldens; goldens/ of the project by default')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      `
Votes are those of label lines and of open lines. Intervals are 95%, over families of conversations.

Example:
  touchstone goldens agreement affective`,
    )
    .action((suites: string[], options: GoldensAgreementOptions) =>
      finish(goldensAgreementCommand(suites, options, terminal)),
    );
}

/** `touchstone goldens agreement`: agreement between annotators, suite by suite. */
function goldensAgreementCommand(
  names: readonly string[],
  options: GoldensAgreementOptions,
  terminal: Terminal,
): number {
  const project = findProject(terminal.cwd);
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const { suites, problems } = loadSuites(project.suites, names, shown);
  const directory = path.resolve(terminal.cwd, options.goldens ?? project.goldens);
  const conversations = readConversations(directory, shown);
  const read = suites.map((suite) => ({ suite, ...readVotes(directory, suite, conversations, shown) }));
  const wrong = [...problems, ...conversations.problems, ...read.flatMap((each) => each.problems)];
  if (wrong.length > 0) throw new InputError(wrong);
  const agreements = read.map(({ suite, voted }) => suiteAgreement(suite.suite.name, suite.task, voted));
  if (options.json === true) {
    const record = { touchstone: 'goldens-agreement', version: 1, suites: agreements };
    terminal.out(`${JSON.stringify(record, null, 2)}\n`);
  } else {
    const { chalk, columns } = terminal;
    terminal.out(agreements.map((each) => renderAgreement(each, { chalk, columns })).join('\n'));
  }
  return EXIT.held;
}
