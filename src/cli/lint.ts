import { type Command, Option } from 'commander';
import { EXIT, InputError } from '../errors/errors.ts';
import { countFindings, LINT_RULES, type LintRule, sortFindings } from '../lint/finding.ts';
import { lint } from '../lint/lint.ts';
import { findProject } from '../project/project.ts';
import { renderAnnotations, renderFindings } from '../report/terminal/lint.ts';
import { safeJson } from '../report/terminal/safe-text.ts';
import { mendChoice, quote } from '../schema/check.ts';
import { placeInRepository } from './lint-places.ts';
import { loadLintSubjects } from './lint-subjects.ts';
import type { Terminal } from './terminal.ts';

interface LintCommandOptions {
  model: string;
  goldens?: string;
  prompt?: string;
  /** Checks to run; all where absent. */
  rule?: string[];
  /** Checks to leave out. */
  ignore?: string[];
  strict?: boolean;
  json?: boolean;
  format: 'text' | 'github';
  withText?: boolean;
}

const CHECKS = Object.entries(LINT_RULES)
  .map(([name, about]) => `  ${name.padEnd(22)} ${about}`)
  .join('\n');

/** Adds `touchstone lint`. */
export function describeLint(program: Command, terminal: Terminal, finish: (exitCode: number) => void): void {
  program
    .command('lint')
    .description('what is wrong with prompts and suites as they are written; asks nothing of any model')
    .argument('[suite...]', 'suites by name; all of suites/ when none is given')
    .option('--model <model>', 'whose baseline, cache and price to reckon with', 'embedded')
    .option('--goldens <dir>', 'folder with conversations.jsonl and labels/')
    .option('--prompt <file>', "another prompt than the suite's; for one suite")
    .option('--rule <name...>', 'these checks alone')
    .option('--ignore <name...>', 'all checks but these')
    .option('--strict', 'exit with 1 for warnings too')
    .option('--with-text', 'show the texts of an example and of the golden that it repeats')
    .option('--json', 'print the findings for a machine')
    .addOption(
      new Option('--format <format>', 'github: workflow commands, which show beside the lines')
        .choices(['text', 'github'])
        .default('text')
        .conflicts('json'),
    )
    .addHelpText(
      'after',
      `\nChecks:\n${CHECKS}\n\nExample:\n  touchstone lint sentiment --model anthropic:claude-haiku-4-5 --ignore tokens-per-call\n\nExit code 1 for an error (--strict: or a warning), 2 for files that cannot be read. Notes never fail.`,
    )
    .action((suites: string[], options: LintCommandOptions) =>
      finish(lintCommand(suites, options, terminal)),
    );
}

/** `touchstone lint`: findings of every suite, sorted by file and line. */
function lintCommand(names: readonly string[], options: LintCommandOptions, terminal: Terminal): number {
  const rules = chosenRules(options);
  const project = findProject(terminal.cwd);
  const subjects = loadLintSubjects(project, names, options, terminal.cwd);
  const found = sortFindings(subjects.flatMap((subject) => lint(subject, rules)));
  const findings = options.withText === true ? found : found.map(({ texts: _texts, ...finding }) => finding);
  const counts = countFindings(findings);
  if (options.json === true)
    terminal.out(`${safeJson({ touchstone: 'lint', version: 1, counts, findings }, 2)}\n`);
  else if (options.format === 'github')
    terminal.out(renderAnnotations(findings, placeInRepository(project.root, terminal.cwd)));
  else
    terminal.out(
      renderFindings(findings, process.stdout.isTTY === true ? terminal.columns : null, terminal.chalk),
    );
  const fails = counts.error > 0 || (options.strict === true && counts.warning > 0);
  return fails ? EXIT.notHeld : EXIT.held;
}

function chosenRules({ rule, ignore = [] }: LintCommandOptions): LintRule[] {
  const all = Object.keys(LINT_RULES).filter(isLintRule);
  const wrong = [...unknown('--rule', rule ?? []), ...unknown('--ignore', ignore)];
  if (wrong.length > 0) throw new InputError(wrong);
  return all.filter((name) => (rule === undefined || rule.includes(name)) && !ignore.includes(name));
}

function unknown(file: string, names: readonly string[]) {
  return names
    .filter((name) => !isLintRule(name))
    .map((name) => {
      const mend = mendChoice(name, Object.keys(LINT_RULES));
      return { file, line: null, id: null, what: `no check is called ${quote(name)}`, mend };
    });
}

function isLintRule(name: string): name is LintRule {
  return Object.hasOwn(LINT_RULES, name);
}
