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

export interface LintCommandOptions {
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

/** `touchstone lint`: findings of every suite, sorted by file and line. */
export function lintCommand(
  names: readonly string[],
  options: LintCommandOptions,
  terminal: Terminal,
): number {
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
