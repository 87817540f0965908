import path from 'node:path';
import type { Command } from 'commander';
import { DEFAULT_THRESHOLD } from '../duplicates/near-duplicates.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { type CheckedGoldens, checkGoldens } from '../goldens-check/check-goldens.ts';
import type { Severity } from '../goldens-check/finding.ts';
import { promptFiles, readPassages } from '../goldens-check/prompt-passages.ts';
import { findProject } from '../project/project.ts';
import { renderGoldensCheck } from '../report/terminal/goldens-check.ts';
import { safeJson } from '../report/terminal/safe-text.ts';
import { loadSuites } from '../suite/load.ts';
import { share } from './arguments.ts';
import type { Terminal } from './terminal.ts';

interface GoldensCheckOptions {
  goldens?: string;
  threshold: number;
  json?: boolean;
  withText?: boolean;
  strict?: boolean;
  all?: boolean;
}

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
    .action(async (options: GoldensCheckOptions) => finish(await goldensCheckCommand(options, terminal)));
}

async function goldensCheckCommand(options: GoldensCheckOptions, terminal: Terminal): Promise<number> {
  const project = findProject(terminal.cwd);
  const directory = path.resolve(terminal.cwd, options.goldens ?? project.goldens);
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const { suites, problems } = loadSuites(project.suites, [], shown);
  const prompts = promptFiles(suites.map(({ suite }) => path.join(project.root, suite.prompt)));
  const passages = prompts.map((file) => readPassages(file, shown(file)));
  problems.push(...passages.flatMap((each) => each.problems));
  if (problems.length > 0) throw new InputError(problems);
  const checked = await checkGoldens({
    directory,
    suites,
    passages: passages.flatMap((each) => each.passages),
    threshold: options.threshold,
    withText: options.withText === true,
    shown,
  });
  const { chalk, columns } = terminal;
  if (options.json) printJson(checked, shown(directory), terminal);
  else
    terminal.out(
      renderGoldensCheck(checked, shown(directory), { chalk, columns, all: options.all === true }),
    );
  const has = (severity: Severity) => checked.findings.some((finding) => finding.severity === severity);
  return has('error') || (options.strict === true && has('warning')) ? EXIT.notHeld : EXIT.held;
}

/** A finding a line, so that no string holds all of a hundred thousand. */
function printJson(checked: CheckedGoldens, goldens: string, { out }: Terminal): void {
  const { findings, ...rest } = checked;
  const head = { touchstone: 'goldens-check', version: 1, goldens, ...rest };
  out(`${safeJson(head).slice(0, -1)},"findings":[`);
  for (const [index, finding] of findings.entries()) out(`${index === 0 ? '' : ','}\n${safeJson(finding)}`);
  out('\n]}\n');
}
