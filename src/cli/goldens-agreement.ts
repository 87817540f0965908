import path from 'node:path';
import { readVotes } from '../agreement/load-votes.ts';
import { suiteAgreement } from '../agreement/suite-agreement.ts';
import { type Voted, votedBy } from '../agreement/voted-unit.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { readConversations } from '../goldens/load.ts';
import { findProject } from '../project/project.ts';
import { renderAgreement } from '../report/terminal/agreement.ts';
import { safeJson } from '../report/terminal/safe-text.ts';
import { quote } from '../schema/check.ts';
import { loadSuites } from '../suite/load.ts';
import type { Terminal } from './terminal.ts';

export interface GoldensAgreementOptions {
  by?: string[];
  goldens?: string;
  json?: boolean;
}

/** `touchstone goldens agreement`: agreement between annotators, suite by suite. */
export function goldensAgreementCommand(
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
  const { by } = options;
  if (by !== undefined) checkNames(by, new Set(read.flatMap(({ voted }) => namesIn(voted))));
  const agreements = read.map(({ suite, voted }) =>
    suiteAgreement(suite.suite.name, suite.task, by === undefined ? voted : votedBy(voted, by)),
  );
  if (options.json === true) {
    const record = { touchstone: 'goldens-agreement', version: 1, by: by ?? null, suites: agreements };
    terminal.out(`${safeJson(record, 2)}\n`);
  } else {
    const { chalk, columns } = terminal;
    terminal.out(agreements.map((each) => renderAgreement(each, { chalk, columns })).join('\n'));
  }
  return EXIT.held;
}

function namesIn(voted: readonly Voted[]): string[] {
  return voted.flatMap(({ votes }) => votes.map(({ by }) => by));
}

/** Throws InputError with each name that nobody voted under. */
function checkNames(names: readonly string[], known: ReadonlySet<string>): void {
  const mend = `Give names of annotators: ${[...known].sort().slice(0, 20).join(', ')}`;
  const problems = names
    .filter((name) => !known.has(name))
    .map((name) => ({ file: '--by', line: null, id: null, what: `no vote is by ${quote(name)}`, mend }));
  if (problems.length > 0) throw new InputError(problems);
}
